package dev.berth.api.application.port;

/** Names for what is made. */
public interface Ids {
  /** 32 lower-case hexadecimal characters. */
  String taskId();

  /** A service's id, which tells it from an earlier service of the same name. */
  String serviceId();

  /** {@code ecs-svc/} with 19 digits. */
  String deploymentId();

  /** 16 lower-case hexadecimal characters, the last part of an Elastic Load Balancing ARN. */
  String loadBalancingId();
}
