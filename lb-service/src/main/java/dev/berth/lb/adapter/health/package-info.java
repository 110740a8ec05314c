/** What the orchestrator of this process asks: live, ready, started. */
package dev.berth.lb.adapter.health;
