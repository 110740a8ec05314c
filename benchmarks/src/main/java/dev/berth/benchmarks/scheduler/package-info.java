/** The scheduler's decisions by themselves: no log, no network, one thread. */
package dev.berth.benchmarks.scheduler;
