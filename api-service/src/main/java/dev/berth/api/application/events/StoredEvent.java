package dev.berth.api.application.events;

import dev.berth.contracts.event.PublicEvent;

/**
 * A public event with its place in the order of all events. Once a place was seen, none before it
 * will ever be filled.
 */
public record StoredEvent(long position, String cluster, PublicEvent event) {}
