/** Health checks over HTTP and TCP. */
package dev.berth.lb.adapter.probe;
