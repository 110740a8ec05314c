package dev.berth.contracts.service;

/** Who rolls deployments (ECS: DeploymentController); with EXTERNAL a service has task sets. */
public record DeploymentController(DeploymentControllerType type) {}
