package dev.berth.api.application.port;

/** Names for what is made. */
public interface Ids {
  /** 32 lower-case hexadecimal characters. */
  String taskId();

  /** A service's id, which tells it from an earlier service of the same name. */
  String serviceId();

  /** {@code ecs-svc/} with 19 digits. */
  String deploymentId();

  /** The last part of a service deployment's ARN: 21 letters and digits. */
  String serviceDeploymentId();

  /** The last part of a service revision's ARN: 19 digits. */
  String serviceRevisionId();

  /** {@code ecs-svc/} with 19 digits, as a deployment's. */
  default String taskSetId() {
    return deploymentId();
  }

  /** 16 lower-case hexadecimal characters, the last part of an Elastic Load Balancing ARN. */
  String loadBalancingId();
}
