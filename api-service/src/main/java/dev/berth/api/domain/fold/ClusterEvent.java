package dev.berth.api.domain.fold;

import dev.berth.contracts.event.PublicEvent;

/** A public event with the name of the cluster it happened in. */
public record ClusterEvent(String cluster, PublicEvent event) {}
