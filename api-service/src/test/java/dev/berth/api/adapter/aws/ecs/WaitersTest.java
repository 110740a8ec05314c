package dev.berth.api.adapter.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.waiters.EcsWaiter;

/** The SDK's waiters end when, and only when, scheduler and nodes have said what they wait for. */
@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class WaitersTest extends EcsOperationsTest {
  @Inject Database database;
  @Inject @Any InMemoryConnector connector;

  @Test
  void aServiceIsStableOnceTheSchedulerSaysSoAndItsDeploymentIsSuccessful() {
    String cluster = cluster();
    Service made = create(cluster);
    assertThatThrownBy(
            () -> waiter(1).waitUntilServicesStable(r -> r.cluster(cluster).services("web")))
        .isInstanceOf(SdkClientException.class);

    status(cluster, made, "ACTIVE", 2, deployment(made, "COMPLETED", 2, "sha256:abc"), "");

    waiter(20).waitUntilServicesStable(r -> r.cluster(cluster).services("web"));
    Service stable = service(cluster);
    assertThat(stable.deployments().getFirst().rolloutState())
        .isEqualTo(DeploymentRolloutState.COMPLETED);
    ServiceDeployment deployment = deployment(made.currentServiceDeployment());
    assertThat(deployment.status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
    assertThat(deployment.finishedAt()).isNotNull();
    assertThat(deployment.targetServiceRevision().runningTaskCount()).isEqualTo(2);
    assertThat(
            ecs.describeServiceRevisions(
                    r -> r.serviceRevisionArns(deployment.targetServiceRevision().arn()))
                .serviceRevisions()
                .getFirst()
                .containerImages()
                .getFirst()
                .imageDigest())
        .isEqualTo("sha256:abc");
  }

  @Test
  void aRollbackIsShownAndTheRevisionBeforeIsPrimaryAgain() {
    String cluster = cluster();
    Service first = create(cluster);
    status(cluster, first, "ACTIVE", 2, deployment(first, "COMPLETED", 2, "sha256:a"), "");
    await().until(() -> rollout(cluster) == DeploymentRolloutState.COMPLETED);
    Service second =
        ecs.updateService(r -> r.cluster(cluster).service("web").forceNewDeployment(true))
            .service();

    String states =
        deployment(first, "COMPLETED", 2, "sha256:a")
            + ","
            + deployment(second, "FAILED", 0, "sha256:b");
    status(
        cluster,
        second,
        "ACTIVE",
        2,
        states,
        """
        , "rollback": {"fromDeploymentId": "%s", "toDeploymentId": "%s", "reason": "circuit breaker",
          "startedAt": "2030-01-01T00:00:00Z"}
        """
            .formatted(second.deployments().getFirst().id(), first.deployments().getFirst().id()));

    await()
        .until(
            () ->
                deployment(second.currentServiceDeployment()).status()
                    == ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
    assertThat(deployment(second.currentServiceDeployment()).rollback().reason())
        .isEqualTo("circuit breaker");
    assertThat(service(cluster).deployments().getFirst().id())
        .isEqualTo(first.deployments().getFirst().id());
  }

  @Test
  void aDeletedServiceIsInactiveOnceItsLastTaskIsGone() {
    String cluster = cluster();
    Service made = create(cluster);
    ecs.deleteService(r -> r.cluster(cluster).service("web").force(true));

    status(cluster, made, "INACTIVE", 0, deployment(made, "COMPLETED", 0, "sha256:a"), "");

    waiter(20).waitUntilServicesInactive(r -> r.cluster(cluster).services("web"));
    assertThat(service(cluster).status()).isEqualTo("INACTIVE");
    assertThat(deployment(made.currentServiceDeployment()).status())
        .isEqualTo(ServiceDeploymentStatus.STOPPED);
  }

  @Test
  void aTaskIsRunningAndThenStopped() {
    String cluster = cluster();
    String arn =
        ecs.runTask(r -> r.cluster(cluster).taskDefinition(taskDefinition()))
            .tasks()
            .getFirst()
            .taskArn();

    taskStatus(cluster, arn, 1, "RUNNING");
    waiter(20).waitUntilTasksRunning(r -> r.cluster(cluster).tasks(arn));
    taskStatus(cluster, arn, 2, "STOPPED");

    waiter(20).waitUntilTasksStopped(r -> r.cluster(cluster).tasks(arn));
  }

  private EcsWaiter waiter(int attempts) {
    return EcsWaiter.builder()
        .client(ecs)
        .overrideConfiguration(
            c ->
                c.maxAttempts(attempts)
                    .backoffStrategyV2(
                        software.amazon.awssdk.retries.api.BackoffStrategy.fixedDelay(
                            Duration.ofMillis(200))))
        .build();
  }

  private Service create(String cluster) {
    return ecs.createService(
            r ->
                r.cluster(cluster)
                    .serviceName("web")
                    .taskDefinition(taskDefinition())
                    .desiredCount(2))
        .service();
  }

  private Service service(String cluster) {
    return ecs.describeServices(r -> r.cluster(cluster).services("web")).services().getFirst();
  }

  private DeploymentRolloutState rollout(String cluster) {
    return service(cluster).deployments().getFirst().rolloutState();
  }

  private ServiceDeployment deployment(String arn) {
    return ecs.describeServiceDeployments(r -> r.serviceDeploymentArns(arn))
        .serviceDeployments()
        .getFirst();
  }

  private static String deployment(Service service, String rollout, int running, String digest) {
    return """
        {"id": "%s", "status": "PRIMARY", "desiredCount": %d, "runningCount": %d, "rolloutState": "%s",
         "completedAt": "2030-01-01T00:00:00Z",
         "containerImages": [{"containerName": "web", "image": "web:1", "imageDigest": "%s"}]}
        """
        .formatted(service.deployments().getFirst().id(), running, running, rollout, digest);
  }

  /** What the scheduler says of a service, knowing the newest request. */
  private void status(
      String cluster,
      Service service,
      String status,
      int running,
      String deployments,
      String more) {
    String where = "select %s from services where cluster = '" + cluster + "' and name = 'web'";
    String json =
        """
        {"cluster": "%s", "serviceName": "web", "serviceId": "%s", "version": %d, "observedVersion": %d,
         "status": "%s", "desiredCount": %d, "runningCount": %d, "steady": true, "deployments": [%s]%s}
        """
            .formatted(
                cluster,
                database.text(where.formatted("id")).orElseThrow(),
                database.number(where.formatted("seen_version")) + 1,
                database.number(where.formatted("version")),
                status,
                running,
                running,
                deployments,
                more);
    send("service-status", cluster + "/" + service.serviceName(), json);
  }

  private void taskStatus(String cluster, String arn, int version, String status) {
    String id = arn.substring(arn.lastIndexOf('/') + 1);
    send(
        "task-status",
        id,
        """
        {"taskId": "%s", "cluster": "%s", "containerInstanceId": "i", "version": %d,
         "installationId": "test-installation", "lastStatus": "%s", "containers": [{"name": "web", "exitCode": 0}]}
        """
            .formatted(id, cluster, version, status));
  }

  private void send(String channel, String key, String json) {
    byte[] value = json.getBytes(StandardCharsets.UTF_8);
    connector
        .<ConsumerRecords<String, byte[]>>source(channel)
        .send(
            new ConsumerRecords<>(
                Map.of(
                    new TopicPartition(channel, 0),
                    List.of(new ConsumerRecord<>(channel, 0, 0, key, value))),
                Map.of()));
  }
}
