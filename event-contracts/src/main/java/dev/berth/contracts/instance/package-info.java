/** Records about container instances, the machines that run tasks. */
package dev.berth.contracts.instance;
