package dev.berth.api.adapter.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.application.port.DesiredStates;
import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceField;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceStatus;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.ecs.model.Tag;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
@SuppressWarnings("unchecked") // the SDK's lists of builders are varargs of a generic type
class ContainerInstanceOperationsTest extends EcsOperationsTest {
  @Inject Database database;
  @Inject DesiredStates desired;

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
  void aMachineIsRegisteredBeforeItsNode() throws Throwable {
    String cluster = cluster();

    ContainerInstance one =
        ecs.registerContainerInstance(
                request ->
                    request
                        .cluster(cluster)
                        .instanceIdentityDocument(
                            "{\"instanceId\": \"i-7\", \"availabilityZone\": \"zone-c\","
                                + " \"instanceType\": \"m5.large\", \"kernelId\": null}")
                        .totalResources(
                            cpu -> cpu.name("CPU").type("INTEGER").integerValue(2048),
                            memory -> memory.name("MEMORY").type("INTEGER").integerValue(4096),
                            ports -> ports.name("PORTS").type("STRINGSET").stringSetValue("22"))
                        .versionInfo(versions -> versions.agentVersion("1.2"))
                        .platformDevices(gpu -> gpu.id("gpu-0").type("GPU"))
                        .attributes(
                            rack -> rack.name("rack").value("r1"),
                            os -> os.name("ecs.os-type").value("linux"))
                        .tags(tag -> tag.key("team").value("blue")))
            .containerInstance();

    assertThat(one.status()).isEqualTo("ACTIVE");
    assertThat(one.agentConnected()).isFalse();
    assertThat(one.ec2InstanceId()).isEqualTo("i-7");
    assertThat(resource(one.registeredResources(), "CPU").integerValue()).isEqualTo(2048);
    assertThat(resource(one.remainingResources(), "MEMORY").integerValue()).isEqualTo(4096);
    assertThat(resource(one.registeredResources(), "PORTS").stringSetValue()).containsExactly("22");
    assertThat(resource(one.registeredResources(), "GPU").stringSetValue())
        .containsExactly("gpu-0");
    assertThat(one.attributes())
        .extracting(attribute -> attribute.name() + "=" + attribute.value())
        .containsExactlyInAnyOrder(
            "rack=r1",
            "ecs.os-type=linux",
            "ecs.instance-type=m5.large",
            "ecs.availability-zone=zone-c");
    assertThat(one.tags()).extracting(Tag::value).containsExactly("blue");
    assertThat(list(cluster, null)).containsExactly(one.containerInstanceArn());
    assertThat(
            ecs.describeContainerInstances(
                    request ->
                        request
                            .cluster(cluster)
                            .containerInstances(one.containerInstanceArn())
                            .include(ContainerInstanceField.CONTAINER_INSTANCE_HEALTH))
                .containerInstances()
                .getFirst()
                .healthStatus()
                .overallStatusAsString())
        .isEqualTo("INSUFFICIENT_DATA");
    assertThat(
            VertxContextSupport.subscribeAndAwait(
                () ->
                    desired.current(
                        Topic.CONTAINER_INSTANCE_DESIRED,
                        List.of(Arns.shortName(one.containerInstanceArn())))))
        .as("schedulers hear of it once its node speaks")
        .isEmpty();
  }

  @Test
  void aKnownInstanceIsRegisteredAgain() {
    String cluster = cluster();
    String id = RegisteredInstances.register(database, cluster, "zone-a");
    ecs.deregisterContainerInstance(request -> request.cluster(cluster).containerInstance(id));

    ContainerInstance again =
        ecs.registerContainerInstance(
                request ->
                    request
                        .cluster(cluster)
                        .containerInstanceArn(id)
                        .totalResources(cpu -> cpu.name("CPU").integerValue(64))
                        .attributes(rack -> rack.name("rack").value("r1")))
            .containerInstance();

    assertThat(again.status()).isEqualTo("ACTIVE");
    assertThat(resource(again.registeredResources(), "CPU").integerValue())
        .as("what its node said counts")
        .isEqualTo(1024);
    assertThat(again.attributes())
        .extracting(attribute -> attribute.name())
        .contains("rack", "stack", "ecs.os-type");
  }

  @Test
  void registeredAgainAnInstanceHasTenAttributesOfItsUsersAtMost() {
    String cluster = cluster();
    String id = RegisteredInstances.register(database, cluster, "zone-a");
    List<Attribute> ten =
        IntStream.range(0, 10)
            .mapToObj(number -> Attribute.builder().name("shelf-" + number).value("x").build())
            .toList();

    refused(
        () ->
            ecs.registerContainerInstance(
                request -> request.cluster(cluster).containerInstanceArn(id).attributes(ten)),
        "InvalidParameterException",
        "attributes");
  }

  @Test
  void wrongRegistrationsAreRefused() {
    String cluster = cluster();
    refused(
        () -> ecs.registerContainerInstance(request -> request.cluster("nowhere")),
        "ClusterNotFoundException",
        "Cluster not found");
    refused(
        () ->
            ecs.registerContainerInstance(
                request -> request.cluster(cluster).containerInstanceArn("none")),
        "InvalidParameterException",
        "none");
    refused(
        () ->
            ecs.registerContainerInstance(
                request -> request.cluster(cluster).instanceIdentityDocument("[1")),
        "InvalidParameterException",
        "instanceIdentityDocument");
    refused(
        () ->
            ecs.registerContainerInstance(
                request ->
                    request
                        .cluster(cluster)
                        .totalResources(
                            disk -> disk.name("DISK").integerValue(1),
                            cpu -> cpu.name("CPU").integerValue(-1),
                            ports -> ports.name("PORTS").stringSetValue("70000"))
                        .attributes(odd -> odd.name("a b").value("c"))
                        .platformDevices(device -> device.id("x").type("TPU"))),
        "InvalidParameterException",
        "attributes[0].name");
    assertThat(list(cluster, null)).isEmpty();
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
