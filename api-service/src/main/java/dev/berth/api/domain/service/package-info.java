/** Services and their deployments: creating, changing, deleting, and what to show of them. */
package dev.berth.api.domain.service;
