/** What happens when a record arrives or a time has come: fold, decide, write, and the ports. */
package dev.berth.scheduler.application;
