package dev.berth.e2e.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.e2e.BerthSuite;
import dev.berth.standalone.example.ExampleImage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceStatus;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PlacementStrategyType;
import software.amazon.awssdk.services.ecs.model.ScaleUnit;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.SettingName;
import software.amazon.awssdk.services.ecs.model.TargetType;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.sts.StsClient;

/** Amazon ECS by the AWS SDK for Java: its operations, its waiters, its paginators. */
@SuppressWarnings("unchecked") // the SDK's lists of builders are varargs of a generic type
class AwsSdkStoryTest {
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
    SeenCalls.ended(AwsSdkStoryTest.class);
  }

  @Test
  void whoCalls() {
    try (StsClient sts = tools.client(StsClient.builder())) {
      assertThat(sts.getCallerIdentity().arn())
          .isEqualTo("arn:aws:iam::000000000000:user/administrator");
      assertThat(sts.getCallerIdentity().account()).isEqualTo("000000000000");
    }
  }

  @Test
  void clustersWithTagsSettingsAndPages() {
    String arn =
        ecs.createCluster(c -> c.clusterName(name).tags(t -> t.key("team").value("a")))
            .cluster()
            .clusterArn();
    assertThat(ecs.listClustersPaginator(l -> l.maxResults(1)).clusterArns()).contains(arn);
    assertThat(
            ecs.describeClusters(d -> d.clusters(name, "nobody").includeWithStrings("TAGS"))
                .failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo("MISSING"));
    ecs.updateCluster(
        u -> u.cluster(name).settings(s -> s.name("containerInsights").value("enabled")));
    assertThat(
            ecs.updateClusterSettings(
                    u ->
                        u.cluster(name)
                            .settings(s -> s.name("containerInsights").value("disabled")))
                .cluster()
                .settings())
        .anySatisfy(setting -> assertThat(setting.value()).isEqualTo("disabled"));
    ecs.tagResource(t -> t.resourceArn(arn).tags(tag -> tag.key("stage").value("test")));
    ecs.untagResource(u -> u.resourceArn(arn).tagKeys("team"));
    assertThat(ecs.listTagsForResource(l -> l.resourceArn(arn)).tags())
        .singleElement()
        .satisfies(tag -> assertThat(tag.key()).isEqualTo("stage"));

    String group =
        "arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:1:autoScalingGroupName/"
            + name;
    ecs.createCapacityProvider(
        c -> c.name(name).autoScalingGroupProvider(g -> g.autoScalingGroupArn(group)));
    ecs.putClusterCapacityProviders(
        p ->
            p.cluster(name)
                .capacityProviders(name, "FARGATE")
                .defaultCapacityProviderStrategy(s -> s.capacityProvider(name).base(1).weight(1)));
    assertThat(ecs.describeCapacityProviders(d -> d.capacityProviders(name)).capacityProviders())
        .singleElement()
        .satisfies(provider -> assertThat(provider.name()).isEqualTo(name));
    ecs.updateCapacityProvider(
        u ->
            u.name(name)
                .autoScalingGroupProvider(g -> g.managedScaling(s -> s.status("DISABLED"))));
    ecs.putClusterCapacityProviders(
        p ->
            p.cluster(name)
                .capacityProviders(List.of())
                .defaultCapacityProviderStrategy(List.of()));
    ecs.deleteCapacityProvider(d -> d.capacityProvider(name));
    assertThat(ecs.deleteCluster(d -> d.cluster(arn)).cluster().status()).isEqualTo("INACTIVE");
  }

  @Test
  void taskDefinitionsAndTheirLife() {
    String first = register("1");
    String second = register("2");
    assertThat(second).isEqualTo(first.replaceFirst(":1$", ":2"));
    assertThat(
            ecs.listTaskDefinitionsPaginator(l -> l.familyPrefix(name).maxResults(1))
                .taskDefinitionArns())
        .containsExactly(first, second);
    assertThat(ecs.listTaskDefinitionFamiliesPaginator(l -> l.familyPrefix(name)).families())
        .containsExactly(name);
    var described =
        ecs.describeTaskDefinition(d -> d.taskDefinition(name).include(TaskDefinitionField.TAGS));
    assertThat(described.taskDefinition().revision()).isEqualTo(2);
    assertThat(described.tags()).hasSize(1);
    assertThat(described.taskDefinition().containerDefinitions().getFirst().portMappings())
        .hasSize(1);
    assertThat(ecs.deregisterTaskDefinition(d -> d.taskDefinition(first)).taskDefinition().status())
        .isEqualTo(TaskDefinitionStatus.INACTIVE);
    assertThat(
            ecs.deleteTaskDefinitions(d -> d.taskDefinitions(first))
                .taskDefinitions()
                .getFirst()
                .status())
        .isEqualTo(TaskDefinitionStatus.DELETE_IN_PROGRESS);
    assertThat(register("3")).endsWith(":3");
  }

  @Test
  void aServiceFromItsCreationToItsEnd() {
    String definition = register("1");
    Service created =
        ecs.createService(
                c ->
                    c.serviceName(name)
                        .taskDefinition(definition)
                        .desiredCount(2)
                        .launchType(LaunchType.EC2)
                        .clientToken(name)
                        .enableECSManagedTags(true)
                        .propagateTags("SERVICE")
                        .placementStrategy(
                            p ->
                                p.type(PlacementStrategyType.SPREAD)
                                    .field("attribute:ecs.availability-zone"))
                        .deploymentConfiguration(
                            d -> d.deploymentCircuitBreaker(b -> b.enable(true).rollback(true)))
                        .tags(t -> t.key("team").value("sdk")))
            .service();
    assertThat(created.deployments()).hasSize(1);
    try (var waiter = ecs.waiter()) {
      waiter.waitUntilServicesStable(d -> d.services(name));
    }
    assertThat(service().runningCount()).isEqualTo(2);
    assertThat(service().tags()).hasSize(1);
    assertThat(ecs.listServicesPaginator(l -> l.maxResults(1)).serviceArns())
        .contains(created.serviceArn());

    // A task of a service can be protected
    List<String> tasks =
        ecs.listTasksPaginator(l -> l.serviceName(name).maxResults(1)).taskArns().stream().toList();
    assertThat(tasks).hasSize(2);
    ecs.updateTaskProtection(
        u -> u.cluster("default").tasks(tasks.getFirst()).protectionEnabled(true));
    assertThat(
            ecs.getTaskProtection(g -> g.cluster("default").tasks(tasks.getFirst()))
                .protectedTasks()
                .getFirst()
                .protectionEnabled())
        .isTrue();
    ecs.updateTaskProtection(
        u -> u.cluster("default").tasks(tasks.getFirst()).protectionEnabled(false));

    // A new revision is a new deployment, which ends
    String next = register("2");
    ecs.updateService(u -> u.service(name).taskDefinition(next));
    try (var waiter = ecs.waiter()) {
      waiter.waitUntilServicesStable(d -> d.services(name));
    }
    assertThat(service().taskDefinition()).isEqualTo(next);
    var deployments = ecs.listServiceDeployments(l -> l.service(name)).serviceDeployments();
    assertThat(deployments).hasSizeGreaterThanOrEqualTo(2);
    ServiceDeployment newest =
        ecs.describeServiceDeployments(
                d -> d.serviceDeploymentArns(deployments.getFirst().serviceDeploymentArn()))
            .serviceDeployments()
            .getFirst();
    await("the service deployment ends")
        .atMost(BerthSuite.PATIENCE)
        .until(
            () ->
                ecs.describeServiceDeployments(
                        d -> d.serviceDeploymentArns(newest.serviceDeploymentArn()))
                    .serviceDeployments()
                    .getFirst()
                    .statusAsString()
                    .equals("SUCCESSFUL"));
    assertThat(
            ecs.describeServiceRevisions(
                    d -> d.serviceRevisionArns(newest.targetServiceRevision().arn()))
                .serviceRevisions()
                .getFirst()
                .taskDefinition())
        .isEqualTo(next);

    ecs.deleteService(d -> d.service(name).force(true));
    try (var waiter = ecs.waiter()) {
      waiter.waitUntilServicesInactive(d -> d.services(name));
    }
  }

  @Test
  void tasksByThemselves() {
    String definition = register("1");
    Task task =
        ecs.runTask(
                r ->
                    r.taskDefinition(definition)
                        .count(1)
                        .group("batch-" + name)
                        .startedBy(name)
                        .clientToken(name)
                        .overrides(
                            o ->
                                o.containerOverrides(
                                    c ->
                                        c.name("web")
                                            .command("/bin/sh", "-c", "sleep 600")
                                            .environment(e -> e.name("A").value("b")))))
            .tasks()
            .getFirst();
    try (var waiter = ecs.waiter()) {
      waiter.waitUntilTasksRunning(d -> d.tasks(task.taskArn()));
      assertThat(ecs.listTasks(l -> l.startedBy(name)).taskArns()).containsExactly(task.taskArn());
      assertThat(ecs.describeTasks(d -> d.tasks(task.taskArn(), "0".repeat(32))).failures())
          .singleElement()
          .satisfies(failure -> assertThat(failure.reason()).isEqualTo("MISSING"));
      ecs.stopTask(s -> s.task(task.taskArn()).reason("enough"));
      waiter.waitUntilTasksStopped(d -> d.tasks(task.taskArn()));
    }
    assertThat(ecs.describeTasks(d -> d.tasks(task.taskArn())).tasks().getFirst().stoppedReason())
        .isEqualTo("enough");
    assertThat(
            ecs.listTasks(l -> l.startedBy(name).desiredStatus(DesiredStatus.STOPPED)).taskArns())
        .containsExactly(task.taskArn());

    // On an instance by name
    String instance = AwsTools.instances(suite).getFirst();
    Task started =
        ecs.startTask(s -> s.taskDefinition(definition).containerInstances(instance))
            .tasks()
            .getFirst();
    assertThat(started.containerInstanceArn()).isEqualTo(instance);
    ecs.stopTask(s -> s.task(started.taskArn()));
  }

  @Test
  void taskSetsOfAServiceThatIsDeployedFromOutside() {
    String definition = register("1");
    ecs.createService(
        c ->
            c.serviceName(name)
                .desiredCount(2)
                .deploymentController(d -> d.type(DeploymentControllerType.EXTERNAL)));
    var set =
        ecs.createTaskSet(
                c ->
                    c.cluster("default")
                        .service(name)
                        .taskDefinition(definition)
                        .launchType(LaunchType.EC2)
                        .scale(s -> s.unit(ScaleUnit.PERCENT).value(50.0)))
            .taskSet();
    assertThat(set.computedDesiredCount()).isEqualTo(1);
    ecs.updateServicePrimaryTaskSet(
        u -> u.cluster("default").service(name).primaryTaskSet(set.taskSetArn()));
    ecs.updateTaskSet(
        u ->
            u.cluster("default")
                .service(name)
                .taskSet(set.taskSetArn())
                .scale(s -> s.unit(ScaleUnit.PERCENT).value(100.0)));
    await("the task set is stable")
        .atMost(BerthSuite.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        ecs.describeTaskSets(d -> d.cluster("default").service(name))
                            .taskSets()
                            .getFirst()
                            .runningCount())
                    .isEqualTo(2));
    ecs.deleteTaskSet(
        d -> d.cluster("default").service(name).taskSet(set.taskSetArn()).force(true));
    ecs.deleteService(d -> d.service(name).force(true));
  }

  @Test
  void containerInstancesTheirStateAndAttributes() {
    List<String> arns = AwsTools.instances(suite);
    assertThat(ecs.listContainerInstancesPaginator(l -> l.maxResults(1)).containerInstanceArns())
        .containsAll(arns);
    String instance = arns.getFirst();
    ecs.putAttributes(p -> p.attributes(a -> a.name("rack").value(name).targetId(instance)));
    assertThat(
            ecs.listAttributesPaginator(
                    l ->
                        l.targetType(TargetType.CONTAINER_INSTANCE)
                            .attributeName("rack")
                            .attributeValue(name))
                .attributes())
        .extracting(Attribute::targetId)
        .containsExactly(instance);
    ecs.deleteAttributes(d -> d.attributes(a -> a.name("rack").targetId(instance)));
    assertThat(
            ecs.updateContainerInstancesState(
                    u -> u.containerInstances(instance).status(ContainerInstanceStatus.DRAINING))
                .containerInstances()
                .getFirst()
                .status())
        .isEqualTo("DRAINING");
    ecs.updateContainerInstancesState(
        u -> u.containerInstances(instance).status(ContainerInstanceStatus.ACTIVE));
    assertThat(
            ecs.describeContainerInstances(d -> d.containerInstances(instance, "0".repeat(32)))
                .failures())
        .hasSize(1);
  }

  @Test
  void accountSettings() {
    ecs.putAccountSettingDefault(p -> p.name(SettingName.CONTAINER_INSIGHTS).value("disabled"));
    ecs.putAccountSetting(p -> p.name(SettingName.CONTAINER_INSIGHTS).value("enabled"));
    assertThat(
            ecs.listAccountSettingsPaginator(
                    l -> l.name(SettingName.CONTAINER_INSIGHTS).effectiveSettings(true))
                .settings())
        .singleElement()
        .satisfies(setting -> assertThat(setting.value()).isEqualTo("enabled"));
    ecs.deleteAccountSetting(d -> d.name(SettingName.CONTAINER_INSIGHTS));
  }

  private Service service() {
    return ecs.describeServices(d -> d.services(name).include(ServiceField.TAGS))
        .services()
        .getFirst();
  }

  private String register(String revision) {
    return ecs.registerTaskDefinition(
            r ->
                r.family(name)
                    .tags(t -> t.key("revision").value(revision))
                    .containerDefinitions(
                        c ->
                            c.name("web")
                                .image(ExampleImage.TAG)
                                .cpu(32)
                                .memory(64)
                                .stopTimeout(10)
                                .portMappings(p -> p.containerPort(8080).hostPort(0))
                                .environment(e -> e.name("REVISION").value(revision))))
        .taskDefinition()
        .taskDefinitionArn();
  }
}
