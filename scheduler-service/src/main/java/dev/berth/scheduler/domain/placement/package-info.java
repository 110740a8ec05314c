/** Where a task goes, or why it can't go anywhere. */
package dev.berth.scheduler.domain.placement;
