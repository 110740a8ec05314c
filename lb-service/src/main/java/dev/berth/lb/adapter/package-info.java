/** Everything that touches the network. */
package dev.berth.lb.adapter;
