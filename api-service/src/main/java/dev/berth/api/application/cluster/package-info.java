/** Clusters: create, describe, list, update, delete. */
package dev.berth.api.application.cluster;
