package dev.berth.api.domain.service;

/** The names of a deployment to make, drawn whether or not one is made. */
public record NewDeployment(
    String deploymentId, String serviceDeploymentArn, String serviceRevisionArn) {}
