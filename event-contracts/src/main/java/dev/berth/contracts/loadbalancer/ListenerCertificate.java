package dev.berth.contracts.loadbalancer;

/**
 * One of a listener's certificates (ELBv2: Certificate). The default one is shown to clients that
 * ask for no name, or for one that no certificate is good for.
 */
public record ListenerCertificate(String certificateArn, boolean isDefault) {}
