package dev.berth.api.adapter.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import dev.berth.contracts.task.ContainerIds;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class TaskOperationsTest extends EcsOperationsTest {
  @Inject Database database;

  @Test
  void whatWasAskedIsAnswered() {
    String cluster = cluster();
    String definition = taskDefinition();

    RunTaskResponse answer =
        ecs.runTask(
            request ->
                request
                    .cluster(cluster)
                    .taskDefinition(definition)
                    .count(2)
                    .startedBy("nightly")
                    .group("jobs")
                    .propagateTags(PropagateTags.TASK_DEFINITION)
                    .enableECSManagedTags(true)
                    .tags(Tag.builder().key("own").value("1").build())
                    .overrides(
                        all ->
                            all.containerOverrides(
                                    ContainerOverride.builder()
                                        .name("web")
                                        .command("sh", "-c", "true")
                                        .environment(
                                            KeyValuePair.builder().name("A").value("b").build())
                                        .cpu(64)
                                        .memory(96)
                                        .build())
                                .cpu("256")));

    assertThat(answer.failures()).isEmpty();
    assertThat(answer.tasks()).hasSize(2);
    Task task = answer.tasks().getFirst();
    assertThat(task.lastStatus()).isEqualTo("PROVISIONING");
    assertThat(task.desiredStatus()).isEqualTo("RUNNING");
    assertThat(task.startedBy()).isEqualTo("nightly");
    assertThat(task.group()).isEqualTo("jobs");
    assertThat(task.launchType()).isEqualTo(LaunchType.EC2);
    assertThat(task.overrides().containerOverrides().getFirst().command())
        .containsExactly("sh", "-c", "true");
    assertThat(task.overrides().cpu()).isEqualTo("256");
    assertThat(task.overrides().containerOverrides().getFirst().hasResourceRequirements())
        .as("nobody overrides it, so it isn't shown")
        .isFalse();
    assertThat(task.overrides().hasInferenceAcceleratorOverrides()).isTrue();
    assertThat(task.version()).isEqualTo(1);
    assertThat(task.containers().getFirst().name()).isEqualTo("web");
    assertThat(task.containers().getFirst().cpu()).isEqualTo("64");
    assertThat(task.containers().getFirst().memory()).isEqualTo("96");
    assertThat(task.containers().getFirst().containerArn())
        .as("known before a node has it, and the same for it")
        .endsWith(
            task.taskArn().substring(task.taskArn().lastIndexOf('/'))
                + "/"
                + ContainerIds.of(
                    task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1), "web"));
    assertThat(task.tags())
        .extracting(Tag::key)
        .containsExactlyInAnyOrder("of", "own", "aws:ecs:clusterName");
    assertThat(describe(cluster, task.taskArn(), false).hasTags()).isFalse();
    assertThat(describe(cluster, task.taskArn(), true).tags()).hasSize(3);
  }

  @Test
  void aContainerWithoutCpuUnitsShowsNone() {
    Task task =
        ecs.runTask(request -> request.cluster(cluster()).taskDefinition(taskDefinition()))
            .tasks()
            .getFirst();

    assertThat(task.containers().getFirst().cpu()).isEqualTo("0");
  }

  @Test
  void tasksAreListedByWhatTheyAre() {
    String cluster = cluster();
    String family = unique("family");
    taskDefinition(family);
    ecs.runTask(request -> request.cluster(cluster).taskDefinition(family).startedBy("a"));
    ecs.runTask(
        request -> request.cluster(cluster).taskDefinition(taskDefinition()).startedBy("b"));

    assertThat(ecs.listTasks(request -> request.cluster(cluster)).taskArns()).hasSize(2);
    assertThat(ecs.listTasks(request -> request.cluster(cluster).family(family)).taskArns())
        .hasSize(1);
    assertThat(ecs.listTasks(request -> request.cluster(cluster).startedBy("b")).taskArns())
        .hasSize(1);
    assertThat(
            ecs.listTasks(request -> request.cluster(cluster).launchType(LaunchType.FARGATE))
                .taskArns())
        .isEmpty();
    assertThat(
            ecs.listTasks(request -> request.cluster(cluster).launchType(LaunchType.EC2))
                .taskArns())
        .hasSize(2);
    assertThat(
            ecs.listTasks(request -> request.cluster(cluster).desiredStatus(DesiredStatus.STOPPED))
                .taskArns())
        .isEmpty();
    assertThat(
            ecs
                .listTasksPaginator(request -> request.cluster(cluster).maxResults(1))
                .taskArns()
                .stream()
                .toList())
        .hasSize(2);
  }

  @Test
  void aTaskIsStoppedInItsClusterOnly() {
    String cluster = cluster();
    String arn =
        ecs.runTask(request -> request.cluster(cluster).taskDefinition(taskDefinition()))
            .tasks()
            .getFirst()
            .taskArn();

    refused(
        () -> ecs.stopTask(request -> request.task(arn)),
        "InvalidParameterException",
        "The referenced task was not found");
    Task stopped =
        ecs.stopTask(request -> request.cluster(cluster).task(arn).reason("enough")).task();

    assertThat(stopped.desiredStatus()).isEqualTo("STOPPED");
    assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
    assertThat(stopped.stoppedReason()).isEqualTo("enough");
  }

  @Test
  void tasksAreStartedWhereTheyAreToldTo() {
    String cluster = cluster();
    String instance = RegisteredInstances.register(database, cluster, "zone-a");

    var answer =
        ecs.startTask(
            request ->
                request
                    .cluster(cluster)
                    .taskDefinition(taskDefinition())
                    .containerInstances(instance, "none"));

    assertThat(answer.tasks())
        .singleElement()
        .satisfies(task -> assertThat(task.containerInstanceArn()).endsWith(instance));
    assertThat(answer.failures().getFirst().reason()).isEqualTo("MISSING");
  }

  @Test
  void theTasksOfServicesAreProtected() {
    String cluster = cluster();
    String instance = RegisteredInstances.register(database, cluster, "zone-a");
    String task = RegisteredInstances.task(database, cluster, instance, "RUNNING");
    String oneOff =
        ecs.runTask(request -> request.cluster(cluster).taskDefinition(taskDefinition()))
            .tasks()
            .getFirst()
            .taskArn();

    var answer =
        ecs.updateTaskProtection(
            request ->
                request
                    .cluster(cluster)
                    .tasks(task, oneOff, "none")
                    .protectionEnabled(true)
                    .expiresInMinutes(5));

    assertThat(answer.protectedTasks())
        .singleElement()
        .satisfies(one -> assertThat(one.expirationDate()).isNotNull());
    assertThat(answer.failures())
        .extracting(failure -> failure.reason())
        .containsExactly("TASK_NOT_VALID", "MISSING");
    assertThat(
            ecs.getTaskProtection(request -> request.cluster(cluster).tasks(task))
                .protectedTasks()
                .getFirst()
                .protectionEnabled())
        .isTrue();
    ecs.updateTaskProtection(
        request -> request.cluster(cluster).tasks(task).protectionEnabled(false));
    assertThat(
            ecs.getTaskProtection(request -> request.cluster(cluster).tasks(task))
                .protectedTasks()
                .getFirst()
                .protectionEnabled())
        .isFalse();
  }

  @Test
  void theSameTokenRunsOnce() {
    String cluster = cluster();
    String definition = taskDefinition();
    for (int i = 0; i < 2; i++) {
      ecs.runTask(
          request -> request.cluster(cluster).taskDefinition(definition).clientToken("token"));
    }

    assertThat(ecs.listTasks(request -> request.cluster(cluster)).taskArns()).hasSize(1);
    refused(
        () ->
            ecs.runTask(
                request ->
                    request
                        .cluster(cluster)
                        .taskDefinition(definition)
                        .count(2)
                        .clientToken("token")),
        "ConflictException",
        "clientToken");
  }

  @Test
  void everyRefusalHasTheModelsCode() {
    String cluster = cluster();
    String definition = taskDefinition();
    refused(
        () -> ecs.runTask(request -> request.cluster("nowhere").taskDefinition(definition)),
        "ClusterNotFoundException",
        "");
    refused(
        () -> ecs.runTask(request -> request.cluster(cluster).taskDefinition(definition).count(11)),
        "InvalidParameterException",
        "count");
    refused(
        () ->
            ecs.runTask(
                request ->
                    request
                        .cluster(cluster)
                        .taskDefinition(definition)
                        .launchType(LaunchType.FARGATE)),
        "ClientException",
        "launch_type FARGATE");
    refused(
        () ->
            ecs.runTask(
                request ->
                    request.cluster(cluster).taskDefinition(definition).platformVersion("1.4.0")),
        "InvalidParameterException",
        "platform version");
    refused(
        () ->
            ecs.runTask(
                request ->
                    request
                        .cluster(cluster)
                        .taskDefinition(definition)
                        .launchType(LaunchType.FARGATE)
                        .platformVersion("9.9")),
        "PlatformUnknownException",
        "platform version");
    refused(
        () ->
            ecs.runTask(
                request ->
                    request
                        .cluster(cluster)
                        .taskDefinition(definition)
                        .placementConstraints(
                            PlacementConstraint.builder()
                                .type("memberOf")
                                .expression("attribute:x =! 1")
                                .build())),
        "InvalidParameterException",
        "placementConstraints[0].expression");
    refused(
        () -> ecs.startTask(request -> request.cluster(cluster).taskDefinition(definition)),
        "InvalidParameterException",
        "Container instances cannot be empty.");
    refused(
        () -> ecs.describeTasks(request -> request.cluster(cluster)),
        "InvalidParameterException",
        "Tasks cannot be empty.");
    refused(
        () ->
            ecs.describeTasks(
                request -> request.cluster(cluster).tasks(Collections.nCopies(101, "a"))),
        "InvalidParameterException",
        "100");
    refused(
        () -> ecs.listTasks(request -> request.cluster(cluster).serviceName("none")),
        "ServiceNotFoundException",
        "Service not found.");
    refused(
        () -> ecs.listTasks(request -> request.cluster(cluster).containerInstance("none")),
        "InvalidParameterException",
        "container instance");
    refused(
        () -> ecs.listTasks(request -> request.cluster(cluster).desiredStatus("FLYING")),
        "InvalidParameterException",
        "desiredStatus");
    String arn =
        ecs.runTask(request -> request.cluster(cluster).taskDefinition(definition))
            .tasks()
            .getFirst()
            .taskArn();
    refused(
        () ->
            ecs.executeCommand(
                request -> request.cluster(cluster).task(arn).command("sh").interactive(true)),
        "UnsupportedFeatureException",
        "not supported");
    refused(
        () ->
            ecs.updateTaskProtection(
                request ->
                    request
                        .cluster(cluster)
                        .tasks(arn)
                        .protectionEnabled(true)
                        .expiresInMinutes(0)),
        "InvalidParameterException",
        "expiresInMinutes");
    assertThat(
            ecs.describeTasks(request -> request.cluster(cluster).tasks("none"))
                .failures()
                .getFirst()
                .reason())
        .isEqualTo("MISSING");
  }

  private Task describe(String cluster, String arn, boolean tags) {
    return ecs.describeTasks(
            request ->
                request
                    .cluster(cluster)
                    .tasks(arn)
                    .include(tags ? List.of(TaskField.TAGS) : List.of()))
        .tasks()
        .getFirst();
  }
}
