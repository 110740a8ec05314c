/** What has to be done about a cluster now: services, tasks, targets, container instances. */
package dev.berth.scheduler.domain.reconcile;
