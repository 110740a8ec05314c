package dev.berth.contracts.loadbalancer;

/** A target registered by hand: an address and a port. */
public record ManualTarget(String id, String host, int port) {}
