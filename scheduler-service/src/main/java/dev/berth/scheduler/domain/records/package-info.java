/** Decisions as the records that go to the topics. */
package dev.berth.scheduler.domain.records;
