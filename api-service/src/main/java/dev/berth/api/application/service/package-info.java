/** Services: create, update, delete, describe, list. */
package dev.berth.api.application.service;
