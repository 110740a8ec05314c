package dev.berth.contracts.loadbalancer;

/** A listener: everything that comes to its port goes to one target group (ELBv2: Listener). */
public record ListenerDesired(
    String listenerArn, String protocol, int port, String targetGroupArn) {}
