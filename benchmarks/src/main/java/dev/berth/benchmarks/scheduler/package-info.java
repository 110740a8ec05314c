/**
 * The scheduler by itself: what placing and reconciling cost by the size of the cluster, and how
 * long a scheduler takes to know a cluster again. One figure, one process.
 */
package dev.berth.benchmarks.scheduler;
