package dev.berth.contracts.service;

/** Whether a deployment that keeps failing is given up, and rolled back (ECS). */
public record DeploymentCircuitBreaker(boolean enable, boolean rollback) {}
