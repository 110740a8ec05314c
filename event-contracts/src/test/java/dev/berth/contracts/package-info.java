/** Ties topics, records, schemas, golden files and the AsyncAPI document together. */
package dev.berth.contracts;
