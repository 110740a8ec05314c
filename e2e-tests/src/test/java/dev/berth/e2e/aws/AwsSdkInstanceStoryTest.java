package dev.berth.e2e.aws;

import static dev.berth.e2e.aws.AwsSdkErrorsStoryTest.assertCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.e2e.BerthSuite;
import dev.berth.standalone.example.ExampleImage;
import dev.berth.standalone.suite.Component;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceField;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TargetType;

/** A container instance from its registration to its end, in a cluster of its own. */
@SuppressWarnings("unchecked") // the SDK's lists of builders are varargs of a generic type
class AwsSdkInstanceStoryTest {
  private final BerthSuite suite = BerthSuite.shared();
  private final AwsTools tools = AwsTools.of(suite);
  private final EcsClient ecs = tools.client(EcsClient.builder());
  private final String name = "sdk-" + UUID.randomUUID().toString().substring(0, 8);

  @AfterEach
  void closed() {
    ecs.close();
  }

  @AfterAll
  static void told() {
    SeenCalls.ended(AwsSdkInstanceStoryTest.class);
  }

  @Test
  void anInstanceComesWorksAndIsDeregistered() {
    ecs.createCluster(c -> c.clusterName(name));
    String instance = registeredAhead();
    Component node = suite.startFurtherNode(name, instance);
    try {
      await("the node has taken over what was registered for it")
          .atMost(BerthSuite.PATIENCE)
          .until(() -> described(instance).agentConnected());
      assertThat(instances()).containsExactly(instance);
      // A heartbeat may be read before the status that has the node's attributes.
      await("its own attributes and the node's")
          .atMost(BerthSuite.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(described(instance).attributes())
                      .extracting(Attribute::name)
                      .contains("rack", "ecs.os-type"));
      assertThat(described(instance).tags()).extracting(Tag::value).containsExactly("blue");
      hasTenAttributesAtMost(instance);
      assertCode(
          ecs,
          client -> client.deleteCluster(d -> d.cluster(name)),
          "ClusterContainsContainerInstancesException");
      assertCode(
          ecs,
          client -> client.updateContainerAgent(u -> u.cluster(name).containerInstance(instance)),
          "NoUpdateAvailableException");

      // While a task runs there, only force gets it out
      String task = started(instance);
      assertCode(
          ecs,
          client ->
              client.deregisterContainerInstance(d -> d.cluster(name).containerInstance(instance)),
          "InvalidParameterException");
      ecs.stopTask(s -> s.cluster(name).task(task));
      await("the task is stopped")
          .atMost(BerthSuite.PATIENCE)
          .until(
              () ->
                  ecs.describeTasks(d -> d.cluster(name).tasks(task))
                      .tasks()
                      .getFirst()
                      .lastStatus()
                      .equals("STOPPED"));
      assertThat(
              ecs.deregisterContainerInstance(d -> d.cluster(name).containerInstance(instance))
                  .containerInstance()
                  .status())
          .isEqualTo("INACTIVE");
      assertThat(instances()).isEmpty();
    } finally {
      node.stop();
    }
    assertThat(ecs.deleteCluster(d -> d.cluster(name)).cluster().status()).isEqualTo("INACTIVE");
  }

  /** A machine that has its ARN, an attribute and a tag before anything runs there. */
  private String registeredAhead() {
    ContainerInstance registered =
        ecs.registerContainerInstance(
                r ->
                    r.cluster(name)
                        .instanceIdentityDocument("{\"instanceId\": \"machine-7\"}")
                        .totalResources(
                            cpu -> cpu.name("CPU").type("INTEGER").integerValue(2048),
                            memory -> memory.name("MEMORY").type("INTEGER").integerValue(4096))
                        .attributes(rack -> rack.name("rack").value("r1"))
                        .tags(tag -> tag.key("team").value("blue")))
            .containerInstance();
    assertThat(registered.status()).isEqualTo("ACTIVE");
    assertThat(registered.agentConnected()).isFalse();
    assertThat(registered.ec2InstanceId()).isEqualTo("machine-7");
    // Nothing is placed there before its node speaks
    ecs.registerTaskDefinition(
        r ->
            r.family(name + "-early")
                .containerDefinitions(c -> c.name("web").image(ExampleImage.TAG).memory(64)));
    assertThat(ecs.runTask(r -> r.cluster(name).taskDefinition(name + "-early")).failures())
        .isNotEmpty();
    assertCode(
        ecs,
        client -> client.registerContainerInstance(r -> r.cluster("nowhere-" + name)),
        "ClusterNotFoundException");
    return registered.containerInstanceArn();
  }

  private void hasTenAttributesAtMost(String instance) {
    ecs.deleteAttributes(
        d -> d.cluster(name).attributes(rack -> rack.name("rack").targetId(instance)));
    List<Attribute> ten =
        IntStream.range(0, 10)
            .mapToObj(
                number ->
                    Attribute.builder()
                        .name("shelf-" + number)
                        .value(name)
                        .targetId(instance)
                        .build())
            .toList();
    ecs.putAttributes(p -> p.cluster(name).attributes(ten));
    assertCode(
        ecs,
        client ->
            client.putAttributes(
                p ->
                    p.cluster(name)
                        .attributes(a -> a.name("one-more").value("x").targetId(instance))),
        "AttributeLimitExceededException");
    assertThat(
            ecs
                .listAttributesPaginator(
                    l -> l.cluster(name).targetType(TargetType.CONTAINER_INSTANCE).maxResults(7))
                .attributes()
                .stream()
                .filter(attribute -> attribute.name().startsWith("shelf-")))
        .hasSize(10);
    ecs.deleteAttributes(d -> d.cluster(name).attributes(ten));
  }

  private String started(String instance) {
    ecs.registerTaskDefinition(
        r ->
            r.family(name)
                .containerDefinitions(
                    c ->
                        c.name("web")
                            .image(ExampleImage.TAG)
                            .cpu(32)
                            .memory(64)
                            .stopTimeout(5)
                            .command("/bin/sh", "-c", "sleep 600")));
    // The scheduler may hear of what the node offers a moment after the API.
    String task =
        await("the instance takes a task")
            .atMost(BerthSuite.PATIENCE)
            .until(
                () ->
                    ecs.startTask(
                            s -> s.cluster(name).taskDefinition(name).containerInstances(instance))
                        .tasks(),
                tasks -> !tasks.isEmpty())
            .getFirst()
            .taskArn();
    assertThat(ecs.listTasks(l -> l.cluster(name).desiredStatus(DesiredStatus.RUNNING)).taskArns())
        .containsExactly(task);
    return task;
  }

  private List<String> instances() {
    return ecs.listContainerInstances(l -> l.cluster(name)).containerInstanceArns();
  }

  private ContainerInstance described(String instance) {
    return ecs.describeContainerInstances(
            d -> d.cluster(name).containerInstances(instance).include(ContainerInstanceField.TAGS))
        .containerInstances()
        .getFirst();
  }
}
