/** A small world around the scheduler's domain: a log, nodes and a load balancer that obey. */
package dev.berth.scheduler.domain.world;
