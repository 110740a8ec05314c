/** What is counted and logged of deciding. */
package dev.berth.scheduler.adapter.metrics;
