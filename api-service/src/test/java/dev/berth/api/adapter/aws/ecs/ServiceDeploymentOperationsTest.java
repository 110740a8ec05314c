package dev.berth.api.adapter.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerImage;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Scale;
import software.amazon.awssdk.services.ecs.model.ScaleUnit;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.StabilityStatus;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;
import software.amazon.awssdk.services.ecs.model.TaskSet;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class ServiceDeploymentOperationsTest extends EcsOperationsTest {
  @Test
  void deploymentsAndRevisionsAreDescribed() {
    String cluster = cluster();
    String definition = taskDefinition();
    String arn = create(cluster, definition);

    List<ServiceDeploymentBrief> listed =
        ecs.listServiceDeployments(
                request ->
                    request
                        .cluster(cluster)
                        .service("web")
                        .statusWithStrings("PENDING")
                        .createdAt(time -> time.after(Instant.parse("2020-01-01T00:00:00Z"))))
            .serviceDeployments();
    ServiceDeployment described =
        ecs.describeServiceDeployments(request -> request.serviceDeploymentArns(arn, "none"))
            .serviceDeployments()
            .getFirst();
    ServiceRevision revision =
        ecs.describeServiceRevisions(
                request -> request.serviceRevisionArns(described.targetServiceRevision().arn()))
            .serviceRevisions()
            .getFirst();

    assertThat(listed).extracting(ServiceDeploymentBrief::serviceDeploymentArn).contains(arn);
    assertThat(described.status()).isEqualTo(ServiceDeploymentStatus.PENDING);
    assertThat(described.targetServiceRevision().requestedTaskCount()).isEqualTo(2);
    assertThat(described.deploymentCircuitBreaker().threshold()).isEqualTo(3);
    assertThat(revision.taskDefinition()).isEqualTo(definition);
    assertThat(revision.launchType()).isEqualTo(LaunchType.EC2);
    assertThat(revision.containerImages())
        .as("digests come with the first task")
        .containsExactly(ContainerImage.builder().containerName("web").image("web:1").build());
    assertThat(
            ecs.describeServiceDeployments(request -> request.serviceDeploymentArns("none"))
                .failures()
                .getFirst()
                .reason())
        .isEqualTo("MISSING");
  }

  @Test
  void aDeploymentIsAbortedOnce() {
    String arn = create(cluster(), taskDefinition());

    String stopped =
        ecs.stopServiceDeployment(
                request ->
                    request.serviceDeploymentArn(arn).stopType(StopServiceDeploymentStopType.ABORT))
            .serviceDeploymentArn();

    assertThat(stopped).isEqualTo(arn);
    refused(
        () -> ecs.stopServiceDeployment(request -> request.serviceDeploymentArn(arn)),
        "ConflictException",
        "STOP_REQUESTED");
  }

  @Test
  void everyRefusalHasTheModelsCode() {
    String cluster = cluster();
    String arn = create(cluster, taskDefinition());
    refused(
        () -> ecs.stopServiceDeployment(request -> request.serviceDeploymentArn("none")),
        "ServiceDeploymentNotFoundException",
        "not found");
    refused(
        () -> ecs.stopServiceDeployment(request -> request.serviceDeploymentArn(arn)),
        "ConflictException",
        "ABORT");
    refused(
        () ->
            ecs.continueServiceDeployment(request -> request.serviceDeploymentArn(arn).hookId("h")),
        "ConflictException",
        "lifecycle hook");
    refused(
        () -> ecs.listServiceDeployments(request -> request.cluster(cluster).service("none")),
        "ServiceNotFoundException",
        "Service not found.");
    refused(
        () ->
            ecs.listServiceDeployments(
                request -> request.cluster(cluster).service("web").statusWithStrings("DONE")),
        "InvalidParameterException",
        "status");
    refused(
        () -> ecs.describeServiceRevisions(request -> request.serviceRevisionArns(List.of())),
        "InvalidParameterException",
        "serviceRevisionArns");
  }

  @Test
  void taskSetsAreCreatedScaledPromotedDescribedAndDeleted() {
    String cluster = cluster();
    ecs.createService(
        request ->
            request
                .cluster(cluster)
                .serviceName("web")
                .desiredCount(5)
                .deploymentController(one -> one.type("EXTERNAL")));
    Scale half = Scale.builder().value(50.0).unit(ScaleUnit.PERCENT).build();

    TaskSet made =
        ecs.createTaskSet(
                request ->
                    request
                        .cluster(cluster)
                        .service("web")
                        .taskDefinition(taskDefinition())
                        .externalId("blue")
                        .scale(half))
            .taskSet();
    TaskSet primary =
        ecs.updateServicePrimaryTaskSet(
                request -> request.cluster(cluster).service("web").primaryTaskSet(made.id()))
            .taskSet();
    TaskSet whole =
        ecs.updateTaskSet(
                request ->
                    request
                        .cluster(cluster)
                        .service("web")
                        .taskSet(made.taskSetArn())
                        .scale(half.toBuilder().value(100.0).build()))
            .taskSet();

    assertThat(made.status()).isEqualTo("ACTIVE");
    assertThat(made.computedDesiredCount()).isEqualTo(3);
    assertThat(made.stabilityStatus()).isEqualTo(StabilityStatus.STABILIZING);
    assertThat(made.externalId()).isEqualTo("blue");
    assertThat(primary.status()).isEqualTo("PRIMARY");
    assertThat(whole.computedDesiredCount()).isEqualTo(5);
    var described =
        ecs.describeTaskSets(
            request -> request.cluster(cluster).service("web").taskSets(made.id(), "ecs-svc/0"));
    assertThat(described.taskSets()).hasSize(1);
    assertThat(described.failures().getFirst().reason()).isEqualTo("MISSING");
    assertThat(
            ecs.describeServices(request -> request.cluster(cluster).services("web"))
                .services()
                .getFirst()
                .taskSets())
        .hasSize(1);
    refused(
        () ->
            ecs.deleteTaskSet(
                request -> request.cluster(cluster).service("web").taskSet(made.id())),
        "InvalidParameterException",
        "scaled above 0");
    assertThat(
            ecs.deleteTaskSet(
                    request ->
                        request.cluster(cluster).service("web").taskSet(made.id()).force(true))
                .taskSet()
                .status())
        .isEqualTo("DRAINING");
  }

  @Test
  void taskSetsAreRefusedWithTheModelsCodes() {
    String cluster = cluster();
    create(cluster, taskDefinition());
    refused(
        () ->
            ecs.createTaskSet(
                request ->
                    request.cluster(cluster).service("web").taskDefinition(taskDefinition())),
        "InvalidParameterException",
        "EXTERNAL");
    ecs.createService(
        request ->
            request
                .cluster(cluster)
                .serviceName("external")
                .deploymentController(one -> one.type("EXTERNAL")));
    refused(
        () ->
            ecs.updateTaskSet(
                request ->
                    request
                        .cluster(cluster)
                        .service("external")
                        .taskSet("ecs-svc/1")
                        .scale(one -> one.value(1.0).unit(ScaleUnit.PERCENT))),
        "TaskSetNotFoundException",
        "task set");
    refused(
        () ->
            ecs.createTaskSet(
                request -> request.cluster(cluster).service("none").taskDefinition("x")),
        "ServiceNotFoundException",
        "Service not found.");
    refused(
        () ->
            ecs.createService(
                request ->
                    request
                        .cluster(cluster)
                        .serviceName("code")
                        .taskDefinition("x")
                        .desiredCount(1)
                        .deploymentController(one -> one.type("CODE_DEPLOY"))),
        "UnsupportedFeatureException",
        "CODE_DEPLOY");
  }

  private String create(String cluster, String definition) {
    return ecs.createService(
            request ->
                request
                    .cluster(cluster)
                    .serviceName("web")
                    .taskDefinition(definition)
                    .desiredCount(2))
        .service()
        .currentServiceDeployment();
  }
}
