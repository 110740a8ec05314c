/** Clusters: creating, changing, and what to show of them. */
package dev.berth.api.domain.cluster;
