/** Capacity providers: groups of machines that tasks are spread over. */
package dev.berth.api.domain.capacity;
