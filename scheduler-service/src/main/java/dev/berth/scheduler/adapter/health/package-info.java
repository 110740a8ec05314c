/** Whether the scheduler lives, has started and is ready. */
package dev.berth.scheduler.adapter.health;
