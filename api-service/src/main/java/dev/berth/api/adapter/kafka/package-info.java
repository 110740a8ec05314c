/**
 * Kafka: one thin consumer per topic that api-service reads, and the transactional producer that
 * writes what users want.
 */
package dev.berth.api.adapter.kafka;
