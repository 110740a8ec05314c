/** The data path: one proxy loop per core, each with its own connections to the targets. */
package dev.berth.lb.adapter.proxy;
