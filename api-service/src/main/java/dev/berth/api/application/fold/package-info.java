/**
 * One class per topic that api-service reads: it loads the rows that a batch of records is about,
 * folds the records in, and writes rows, public events and outbox in one transaction.
 */
package dev.berth.api.application.fold;
