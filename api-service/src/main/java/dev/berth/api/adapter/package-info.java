/** Everything api-service does outside of itself: REST, PostgreSQL, Kafka. */
package dev.berth.api.adapter;
