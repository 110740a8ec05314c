/** The system of record in PostgreSQL, by Hibernate Reactive Panache. */
package dev.berth.api.adapter.persistence;
