package dev.berth.api.domain.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.domain.Identity;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.DeploymentCircuitBreaker;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.RolloutState;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceDescriptionTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(5);
  private static final Identity IDENTITY = new Identity("i", "us-east-1", "000000000000");

  @Test
  void aServiceNobodyHasHeardOfIsInProgress() {
    ServiceDescription shown = ServiceDescription.of(created(10), List.of());

    assertThat(shown.runningCount()).isZero();
    assertThat(shown.deployments())
        .singleElement()
        .matches(one -> one.rolloutState() == RolloutState.IN_PROGRESS);
  }

  @Test
  void anOldStabilityIsNotShownForANewDeployment() {
    Service stable = seen(created(10), 10, "ecs-svc/1", 3, RolloutState.COMPLETED);

    Service updated = update(stable, force(), 11);

    ServiceDescription shown = ServiceDescription.of(updated, List.of());
    assertThat(shown.deployments()).hasSize(2);
    assertThat(shown.deployments().getFirst().id()).isEqualTo("ecs-svc/2");
    assertThat(shown.deployments().getFirst().rolloutState()).isEqualTo(RolloutState.IN_PROGRESS);
    assertThat(shown.deployments().getFirst().runningCount()).isZero();
    assertThat(shown.deployments().getLast().runningCount()).isEqualTo(3);
  }

  @Test
  void whatTheSchedulerSaidAboutTheNewestVersionIsShown() {
    ServiceDescription shown =
        ServiceDescription.of(
            seen(created(10), 10, "ecs-svc/1", 3, RolloutState.COMPLETED), List.of());

    assertThat(shown.runningCount()).isEqualTo(3);
    assertThat(shown.deployments())
        .singleElement()
        .matches(one -> one.rolloutState() == RolloutState.COMPLETED && one.runningCount() == 3);
  }

  @Test
  void aDeploymentWasLastUpdatedWhenItWasCompleted() {
    ServiceDescription shown =
        ServiceDescription.of(
            seen(created(10), 10, "ecs-svc/1", 3, RolloutState.COMPLETED), List.of());

    assertThat(shown.deployments().getFirst().updatedAt()).isEqualTo(LATER);
  }

  @Test
  void aCircuitBreakerThatNobodyAskedForIsShownOff() {
    ServiceDescription shown = ServiceDescription.of(created(10), List.of());

    assertThat(shown.deploymentConfiguration().deploymentCircuitBreaker())
        .isEqualTo(new DeploymentCircuitBreaker(false, false, null, null));
  }

  @Test
  void aServiceOnFargateHasAPlatformHoweverItGotThere() {
    for (ResolvedRequest capacity :
        List.of(
            new ResolvedRequest(definition(), List.of(), null, "FARGATE", List.of()),
            new ResolvedRequest(
                definition(),
                List.of(),
                null,
                null,
                List.of(new CapacityProviderStrategyItem("FARGATE_SPOT", 1, null))))) {
      ServiceDescription shown = ServiceDescription.of(created(10, capacity), List.of());

      assertThat(shown.platformVersion()).isEqualTo("LATEST");
      assertThat(shown.platformFamily()).isEqualTo("Linux");
      assertThat(shown.deployments().getFirst().platformVersion()).isEqualTo("1.4.0");
      assertThat(shown.deployments().getFirst().platformFamily()).isEqualTo("Linux");
    }
    ServiceDescription elsewhere = ServiceDescription.of(created(10), List.of());
    assertThat(elsewhere.platformVersion()).isNull();
    assertThat(elsewhere.deployments().getFirst().platformVersion()).isNull();
  }

  @Test
  void scalingKeepsTheDeployment() {
    Service scaled = update(created(10), read("{\"desiredCount\": 7}", ServiceUpdate.class), 11);

    assertThat(scaled.desired().deployments()).hasSize(1);
    assertThat(scaled.desired().desiredCount()).isEqualTo(7);
    assertThat(scaled.desired().version()).isEqualTo(11);
  }

  @Test
  void aDeploymentKeepsWhatIsAnsweredAsItWasSentAndItsTasksTags() {
    Service updated = update(created(10), force(), 11);

    ServiceDescription shown = ServiceDescription.of(updated, List.of());
    assertThat(shown.deployments().getFirst().serviceConnectConfiguration())
        .containsEntry("namespace", "shop");
    assertThat(updated.options().of("ecs-svc/2").taskTags()).containsExactly(new Tag("team", "a"));
    assertThat(shown.currentServiceRevisions().getFirst().arn()).isEqualTo("arn:revision/2");
  }

  @Test
  void anotherServiceConnectConfigurationIsAnotherDeployment() {
    Service same =
        update(
            created(10),
            read(
                """
                {"serviceConnectConfiguration": {"enabled": true, "namespace": "shop"}}
                """,
                ServiceUpdate.class),
            11);
    Service other =
        update(
            created(10),
            read(
                """
                {"serviceConnectConfiguration": {"enabled": true, "namespace": "else"}}
                """,
                ServiceUpdate.class),
            11);

    assertThat(same.desired().deployments()).hasSize(1);
    assertThat(other.desired().deployments()).hasSize(2);
  }

  @Test
  void aDrainingServiceWantsNothing() {
    Service draining = ServiceChanges.draining(created(10), 12);

    assertThat(draining.desired().status()).isEqualTo(ServiceStatusName.DRAINING);
    assertThat(draining.desired().desiredCount()).isZero();
  }

  private static ServiceUpdate force() {
    return read("{\"forceNewDeployment\": true}", ServiceUpdate.class);
  }

  private static Service update(Service service, ServiceUpdate update, long version) {
    return ServiceChanges.updated(
        service,
        update,
        new ResolvedRequest(null, null, null, null, null),
        new NewDeployment("ecs-svc/2", "arn:deployment/2", "arn:revision/2"),
        version,
        NOW);
  }

  private static Service seen(
      Service service, long observed, String deployment, int running, RolloutState rollout) {
    DeploymentState state =
        new DeploymentState(
            deployment,
            DeploymentStatus.PRIMARY,
            "arn",
            3,
            0,
            running,
            0,
            rollout,
            null,
            NOW,
            NOW,
            null,
            List.of(),
            rollout == RolloutState.COMPLETED ? LATER : null,
            null,
            null);
    return new Service(
        service.desired(),
        service.options(),
        new ServiceStatus(
            "default",
            "web",
            "id",
            1,
            observed,
            ServiceStatusName.ACTIVE,
            3,
            running,
            0,
            true,
            List.of(state),
            NOW,
            null,
            List.of()),
        null);
  }

  private static Service created(long version) {
    return created(version, new ResolvedRequest(definition(), List.of(), null, "EC2", List.of()));
  }

  private static Service created(long version, ResolvedRequest found) {
    ServiceRequest request =
        read(
            """
            {"serviceName": "web", "taskDefinition": "web", "desiredCount": 3,
             "propagateTags": "SERVICE", "tags": [{"key": "team", "value": "a"}],
             "serviceConnectConfiguration": {"enabled": true, "namespace": "shop"}}
            """,
            ServiceRequest.class);
    return ServiceChanges.created(
        request,
        found,
        "default",
        IDENTITY,
        "id",
        new NewDeployment("ecs-svc/1", "arn:deployment/1", "arn:revision/1"),
        null,
        version,
        NOW);
  }

  private static <T> T read(String json, Class<T> type) {
    return EventJson.read(json.getBytes(StandardCharsets.UTF_8), type);
  }

  private static TaskDefinition definition() {
    return new TaskDefinition(
        "arn:aws:ecs:us-east-1:000000000000:task-definition/web:1",
        "web",
        1,
        null,
        null,
        null,
        NetworkMode.BRIDGE,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
