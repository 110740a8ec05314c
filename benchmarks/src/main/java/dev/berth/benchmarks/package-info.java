/** Figures of a running suite beside their peers, taken in one run. */
package dev.berth.benchmarks;
