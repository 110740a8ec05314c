/**
 * Stories against a whole Berth with real Kafka, PostgreSQL and Docker. One suite of three
 * container instances serves all stories of a run; each story cleans up what it made.
 */
package dev.berth.e2e;
