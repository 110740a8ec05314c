/** Tasks: run, start, stop, protect, describe, list. */
package dev.berth.api.application.task;
