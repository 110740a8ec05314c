/**
 * The data plane: listeners, target groups, health checks and draining. What is wanted comes from
 * the log; what is seen goes back to it; traffic never waits for either.
 */
package dev.berth.lb;
