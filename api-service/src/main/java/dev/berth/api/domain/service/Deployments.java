package dev.berth.api.domain.service;

import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.DeploymentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Changes of a service's list of wanted deployments: PRIMARY first, then what came before. */
public final class Deployments {
  private Deployments() {}

  /** The list with a new PRIMARY; the one before goes on as ACTIVE while it has tasks. */
  static List<DeploymentDesired> withNew(
      DeploymentDesired primary, List<DeploymentDesired> older, Instant now) {
    List<DeploymentDesired> all = new ArrayList<>();
    all.add(primary);
    for (DeploymentDesired one : older) {
      all.add(
          as(
              one,
              DeploymentStatus.ACTIVE,
              one.status() == DeploymentStatus.PRIMARY ? now : one.updatedAt()));
    }
    return List.copyOf(all);
  }

  /**
   * The list after going back: the deployment of {@code id} is PRIMARY again, first.
   *
   * @return the same list if no deployment has that id
   */
  public static List<DeploymentDesired> backTo(
      String id, List<DeploymentDesired> wanted, Instant now) {
    return wanted.stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .map(
            back ->
                withNew(
                    as(back, DeploymentStatus.PRIMARY, now),
                    wanted.stream().filter(one -> !one.id().equals(id)).toList(),
                    now))
        .orElse(wanted);
  }

  /** A deployment with what the scheduler found out about it: digests, and that it was done. */
  public static DeploymentDesired informed(DeploymentDesired one, DeploymentState state) {
    if (state == null) {
      return one;
    }
    return new DeploymentDesired(
        one.id(),
        one.status(),
        one.taskDefinition(),
        one.networkConfiguration(),
        one.launchType(),
        one.createdAt(),
        one.updatedAt(),
        one.serviceRevisionArn(),
        one.serviceDeploymentArn(),
        one.loadBalancers(),
        one.capacityProviderStrategy(),
        one.platformVersion(),
        state.containerImages().isEmpty() ? one.containerImages() : state.containerImages(),
        one.completedAt() == null ? state.completedAt() : one.completedAt(),
        one.taskTags());
  }

  private static DeploymentDesired as(
      DeploymentDesired one, DeploymentStatus status, Instant updatedAt) {
    return new DeploymentDesired(
        one.id(),
        status,
        one.taskDefinition(),
        one.networkConfiguration(),
        one.launchType(),
        one.createdAt(),
        updatedAt,
        one.serviceRevisionArn(),
        one.serviceDeploymentArn(),
        one.loadBalancers(),
        one.capacityProviderStrategy(),
        one.platformVersion(),
        one.containerImages(),
        one.completedAt(),
        one.taskTags());
  }
}
