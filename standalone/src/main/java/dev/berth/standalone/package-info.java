/** The launcher: everything on one machine, each part as a process of its own. */
package dev.berth.standalone;
