/**
 * Carries what users want from the rows to the topics: one relay at a time, in order per key, the
 * row's current state, nothing skipped.
 */
package dev.berth.api.application.relay;
