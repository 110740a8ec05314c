package dev.berth.api.adapter.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceField;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceStatus;
import software.amazon.awssdk.services.ecs.model.Resource;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class ContainerInstanceOperationsTest extends EcsOperationsTest {
  @Inject Database database;

  @Test
  void anInstanceIsDescribedWithWhatIsLeftOfIt() {
    String cluster = cluster();
    String id = RegisteredInstances.register(database, cluster, "zone-a");
    RegisteredInstances.task(database, cluster, id, "RUNNING");
    RegisteredInstances.task(database, cluster, id, "PENDING");
    RegisteredInstances.task(database, cluster, id, "STOPPED");

    var found =
        ecs.describeContainerInstances(
            request ->
                request
                    .cluster(cluster)
                    .containerInstances(id, "none")
                    .include(ContainerInstanceField.CONTAINER_INSTANCE_HEALTH));

    ContainerInstance one = found.containerInstances().getFirst();
    assertThat(one.containerInstanceArn()).endsWith("container-instance/" + cluster + "/" + id);
    assertThat(one.ec2InstanceId()).isEqualTo("node-of-zone-a");
    assertThat(one.status()).isEqualTo("ACTIVE");
    assertThat(one.agentConnected()).isTrue();
    assertThat(one.runningTasksCount()).isEqualTo(1);
    assertThat(one.pendingTasksCount()).isEqualTo(1);
    assertThat(resource(one.registeredResources(), "CPU").integerValue()).isEqualTo(1024);
    assertThat(resource(one.remainingResources(), "CPU").integerValue()).isEqualTo(512);
    assertThat(resource(one.remainingResources(), "MEMORY").integerValue()).isEqualTo(1024);
    assertThat(resource(one.registeredResources(), "PORTS").stringSetValue()).containsExactly("22");
    assertThat(resource(one.registeredResources(), "GPU").stringSetValue()).hasSize(2);
    assertThat(resource(one.remainingResources(), "GPU").stringSetValue()).isEmpty();
    assertThat(one.attributes()).anyMatch(a -> a.name().equals("ecs.availability-zone"));
    assertThat(one.versionInfo().agentVersion()).isEqualTo("1.0");
    assertThat(one.healthStatus().overallStatusAsString()).isEqualTo("OK");
    assertThat(one.hasTags()).isFalse();
    assertThat(found.failures().getFirst().reason()).isEqualTo("MISSING");
  }

  @Test
  void instancesAreListedByQuery() {
    String cluster = cluster();
    String a = RegisteredInstances.register(database, cluster, "zone-a");
    String b = RegisteredInstances.register(database, cluster, "zone-b");
    RegisteredInstances.task(database, cluster, b, "RUNNING");

    assertThat(list(cluster, null)).hasSize(2);
    assertThat(list(cluster, "attribute:ecs.availability-zone == zone-a"))
        .singleElement()
        .asString()
        .endsWith(a);
    assertThat(list(cluster, "task:group == service:web")).singleElement().asString().endsWith(b);
    assertThat(list(cluster, "runningTasksCount < 1")).singleElement().asString().endsWith(a);
    assertThat(
            list(
                cluster,
                "attribute:stack exists and not(attribute:ecs.availability-zone in [zone-a])"))
        .singleElement()
        .asString()
        .endsWith(b);
    assertThat(
            ecs
                .listContainerInstancesPaginator(
                    request ->
                        request.cluster(cluster).filter("attribute:stack == prod").maxResults(1))
                .containerInstanceArns()
                .stream()
                .toList())
        .hasSize(2);
    assertThat(
            ecs.listContainerInstances(
                    request -> request.cluster(cluster).status(ContainerInstanceStatus.DRAINING))
                .containerInstanceArns())
        .isEmpty();
    refused(() -> list(cluster, "attribute:stack ="), "InvalidParameterException", "filter");
  }

  @Test
  void drainingIsToldByAPublicEvent() {
    String cluster = cluster();
    String id = RegisteredInstances.register(database, cluster, "zone-a");

    var answer =
        ecs.updateContainerInstancesState(
            request ->
                request
                    .cluster(cluster)
                    .containerInstances(id, "none")
                    .status(ContainerInstanceStatus.DRAINING));

    assertThat(answer.containerInstances().getFirst().status()).isEqualTo("DRAINING");
    assertThat(answer.failures().getFirst().reason()).isEqualTo("MISSING");
    assertThat(
            database.text(
                "select event -> 'detail' ->> 'status' from public_events where cluster = $1"
                    + " and event ->> 'detailType' = 'ECS Container Instance State Change'",
                cluster))
        .contains("DRAINING");
  }

  @Test
  void anInstanceWithTasksIsDeregisteredByForceOnly() {
    String cluster = cluster();
    String id = RegisteredInstances.register(database, cluster, "zone-a");
    RegisteredInstances.task(database, cluster, id, "RUNNING");

    refused(
        () ->
            ecs.deregisterContainerInstance(
                request -> request.cluster(cluster).containerInstance(id)),
        "InvalidParameterException",
        "Found running tasks on the instance");
    assertThat(
            ecs.deregisterContainerInstance(
                    request -> request.cluster(cluster).containerInstance(id).force(true))
                .containerInstance()
                .status())
        .isEqualTo("INACTIVE");
    assertThat(list(cluster, null)).isEmpty();
    refused(
        () -> ecs.deleteCluster(request -> request.cluster(cluster)),
        "ClusterContainsTasksException",
        "Tasks");
  }

  @Test
  void everyRefusalHasTheModelsCode() {
    String cluster = cluster();
    String id = RegisteredInstances.register(database, cluster, "zone-a");
    refused(
        () ->
            ecs.describeContainerInstances(
                request -> request.cluster("nowhere").containerInstances("a")),
        "ClusterNotFoundException",
        "");
    refused(
        () -> ecs.describeContainerInstances(request -> request.cluster(cluster)),
        "InvalidParameterException",
        "Container instances cannot be empty.");
    refused(
        () ->
            ecs.updateContainerInstancesState(
                request -> request.cluster(cluster).containerInstances(id).status("ASLEEP")),
        "InvalidParameterException",
        "[ACTIVE,DRAINING]");
    refused(
        () ->
            ecs.deregisterContainerInstance(
                request -> request.cluster(cluster).containerInstance("none")),
        "InvalidParameterException",
        "none");
    refused(
        () -> ecs.updateContainerAgent(request -> request.cluster(cluster).containerInstance(id)),
        "NoUpdateAvailableException",
        "no update");
    refused(
        () -> ecs.listContainerInstances(request -> request.cluster(cluster).status("ASLEEP")),
        "InvalidParameterException",
        "status");
  }

  private List<String> list(String cluster, String filter) {
    return ecs.listContainerInstances(request -> request.cluster(cluster).filter(filter))
        .containerInstanceArns();
  }

  private static Resource resource(List<Resource> resources, String name) {
    return resources.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }
}
