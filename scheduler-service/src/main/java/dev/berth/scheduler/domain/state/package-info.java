/**
 * One cluster as the scheduler knows it, folded from records and from its own decisions. Mutable
 * and single-threaded on purpose: a million tasks can't be copied for each event.
 */
package dev.berth.scheduler.domain.state;
