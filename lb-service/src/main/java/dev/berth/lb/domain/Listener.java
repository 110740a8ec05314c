package dev.berth.lb.domain;

/** A port of the load balancer and the target group behind it. */
public record Listener(int port, String listenerArn, String loadBalancer, String targetGroupArn) {}
