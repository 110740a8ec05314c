/** The commands of ./berth. */
package dev.berth.standalone.command;
