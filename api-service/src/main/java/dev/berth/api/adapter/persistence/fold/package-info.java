/**
 * The SQL of folds, relay and public events: many rows per statement, guarded by versions. A batch
 * crosses as one JSON array that PostgreSQL takes apart.
 */
package dev.berth.api.adapter.persistence.fold;
