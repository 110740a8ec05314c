/** What an operator is told of this process: alive, started, ready. */
package dev.berth.node.adapter.health;
