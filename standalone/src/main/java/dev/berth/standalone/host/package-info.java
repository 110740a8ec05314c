/** Facts about this machine. */
package dev.berth.standalone.host;
