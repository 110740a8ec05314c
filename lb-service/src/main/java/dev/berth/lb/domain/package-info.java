/**
 * What the load balancer decides: which listeners and targets there are, how a target's health
 * moves, when a drained target is done, and which target is next. Pure functions and records.
 */
package dev.berth.lb.domain;
