/** Starts the parts in order, starts again what dies, stops in order. */
package dev.berth.standalone.supervisor;
