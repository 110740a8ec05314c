/** What is kept on this machine's disk. */
package dev.berth.lb.adapter.file;
