/** What this service does upon each trigger, and the ports it needs for that. */
package dev.berth.node.application;
