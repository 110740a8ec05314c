/**
 * How Berth's services use the log: topics are created with their settings, records leave with
 * CloudEvents headers and the right partition, a log that was emptied is told from the one before,
 * and what can't be read is parked.
 */
package dev.berth.log;
