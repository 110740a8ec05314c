package dev.berth.contracts.loadbalancer;

/**
 * A listener as one lb-service serves it.
 *
 * @param reason why it is FAILED, in a sentence
 */
public record ListenerStatus(String listenerArn, int port, ListenerState state, String reason) {}
