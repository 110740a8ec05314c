/** Records about clusters. */
package dev.berth.contracts.cluster;
