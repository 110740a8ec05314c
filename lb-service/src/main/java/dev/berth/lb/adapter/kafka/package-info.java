/** The log: desired listeners and targets in, the targets' status out. */
package dev.berth.lb.adapter.kafka;
