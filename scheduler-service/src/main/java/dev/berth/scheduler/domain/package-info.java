/**
 * What the scheduler decides, and nothing else: pure functions of a cluster's state and the time.
 * {@link dev.berth.scheduler.domain.reconcile.Reconciler} is the way in.
 */
package dev.berth.scheduler.domain;
