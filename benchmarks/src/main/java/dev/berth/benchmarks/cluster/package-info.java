/** The whole control plane with simulated container instances: tasks a second, and fail-over. */
package dev.berth.benchmarks.cluster;
