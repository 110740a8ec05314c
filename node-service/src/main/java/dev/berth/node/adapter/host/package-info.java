/** What the kernel tells about the machine. */
package dev.berth.node.adapter.host;
