/** Deletes what has been over for long enough. */
package dev.berth.api.application.retention;
