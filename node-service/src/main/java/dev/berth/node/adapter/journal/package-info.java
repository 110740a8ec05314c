/** What a node keeps in its data directory: who it is, and the journal of its tasks. */
package dev.berth.node.adapter.journal;
