/** The topics that this node reads and writes. */
package dev.berth.node.adapter.kafka;
