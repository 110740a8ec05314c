/** What others may read of this node over HTTP: the logs of its tasks. */
package dev.berth.node.adapter.rest;
