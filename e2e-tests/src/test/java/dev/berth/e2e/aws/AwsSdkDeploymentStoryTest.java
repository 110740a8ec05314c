package dev.berth.e2e.aws;

import static dev.berth.e2e.aws.AwsSdkErrorsStoryTest.assertCode;
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
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ManagedDraining;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;

/** What an operator does to services, deployments and capacity providers, and what is refused. */
@SuppressWarnings("unchecked") // the SDK's lists of builders are varargs of a generic type
class AwsSdkDeploymentStoryTest {
  private static final int MORE_THAN_A_NODE_HAS = 1_000_000;

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
    SeenCalls.ended(AwsSdkDeploymentStoryTest.class);
  }

  @Test
  void aDeploymentThatCannotEndIsStoppedAndRolledBack() {
    // Given a service whose next revision fits nowhere
    String good = register(name, 64);
    String fitsNowhere = register(name, MORE_THAN_A_NODE_HAS);
    ecs.createService(
        c -> c.serviceName(name).taskDefinition(good).desiredCount(1).launchType(LaunchType.EC2));
    awaitStatus(newest(), ServiceDeploymentStatus.SUCCESSFUL);
    String first = newest();
    ecs.updateService(u -> u.service(name).taskDefinition(fitsNowhere));
    String second = newest();
    assertThat(second).isNotEqualTo(first);

    // When its deployment is stopped
    assertThat(
            ecs.stopServiceDeployment(
                    s ->
                        s.serviceDeploymentArn(second)
                            .stopType(StopServiceDeploymentStopType.ROLLBACK))
                .serviceDeploymentArn())
        .isEqualTo(second);

    // Then the service is what it was, and there is nothing left to stop
    awaitStatus(second, ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
    assertThat(ecs.describeServices(d -> d.services(name)).services().getFirst().taskDefinition())
        .isEqualTo(good);
    assertCode(
        ecs,
        client -> client.stopServiceDeployment(s -> s.serviceDeploymentArn(second)),
        "ConflictException");
    ecs.deleteService(d -> d.service(name).force(true));
    assertCode(
        ecs,
        client -> client.updateService(u -> u.service(name).desiredCount(1)),
        "ServiceNotActiveException");
  }

  @Test
  void aCapacityProviderInUseStays() {
    ecs.createCluster(c -> c.clusterName(name));
    String group =
        "arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:1:autoScalingGroupName/"
            + name;
    ecs.createCapacityProvider(
        c -> c.name(name).autoScalingGroupProvider(g -> g.autoScalingGroupArn(group)));
    ecs.putClusterCapacityProviders(
        p -> p.cluster(name).capacityProviders(name).defaultCapacityProviderStrategy(List.of()));
    var updated =
        ecs.updateCapacityProvider(
                u ->
                    u.name(name)
                        .autoScalingGroupProvider(
                            g ->
                                g.managedDraining(ManagedDraining.DISABLED)
                                    .managedScaling(
                                        s ->
                                            s.status("ENABLED")
                                                .targetCapacity(80)
                                                .minimumScalingStepSize(2)
                                                .maximumScalingStepSize(20)
                                                .instanceWarmupPeriod(60))))
            .capacityProvider()
            .autoScalingGroupProvider();
    assertThat(updated.managedDraining()).isEqualTo(ManagedDraining.DISABLED);
    assertThat(updated.managedScaling().targetCapacity()).isEqualTo(80);
    assertThat(updated.managedScaling().maximumScalingStepSize()).isEqualTo(20);
    assertThat(updated.autoScalingGroupArn()).isEqualTo(group);

    // A service that uses it keeps it, and the cluster
    String definition = register(name, 64);
    ecs.createService(
        c ->
            c.cluster(name)
                .serviceName(name)
                .taskDefinition(definition)
                .desiredCount(0)
                .capacityProviderStrategy(s -> s.capacityProvider(name).weight(1)));
    assertCode(
        ecs,
        client ->
            client.putClusterCapacityProviders(
                p ->
                    p.cluster(name)
                        .capacityProviders(List.of())
                        .defaultCapacityProviderStrategy(List.of())),
        "ResourceInUseException");
    assertCode(
        ecs,
        client -> client.deleteCapacityProvider(d -> d.capacityProvider(name)),
        "ClientException");
    assertCode(
        ecs,
        client -> client.deleteCluster(d -> d.cluster(name)),
        "ClusterContainsServicesException");
    ecs.deleteService(d -> d.cluster(name).service(name).force(true));
  }

  @Test
  void servicesAreListedByPageAndByNamespace() {
    ecs.createCluster(c -> c.clusterName(name));
    String definition = register(name, 64);
    String inNamespace =
        ecs.createService(
                c ->
                    c.cluster(name)
                        .serviceName("named")
                        .taskDefinition(definition)
                        .desiredCount(0)
                        .serviceConnectConfiguration(s -> s.enabled(true).namespace(name)))
            .service()
            .serviceArn();
    String outside =
        ecs.createService(
                c ->
                    c.cluster(name)
                        .serviceName("outside")
                        .desiredCount(0)
                        .deploymentController(d -> d.type(DeploymentControllerType.EXTERNAL)))
            .service()
            .serviceArn();
    assertThat(ecs.listServicesPaginator(l -> l.cluster(name).maxResults(1)).serviceArns())
        .containsExactlyInAnyOrder(inNamespace, outside);
    assertThat(ecs.listServicesByNamespacePaginator(l -> l.namespace(name)).serviceArns())
        .containsExactly(inNamespace);
    assertCode(
        ecs,
        client ->
            client.deleteTaskSet(
                d -> d.cluster(name).service("outside").taskSet("ecs-svc/0000000000000000001")),
        "TaskSetNotFoundException");
    ecs.deleteService(d -> d.cluster(name).service("named").force(true));
    ecs.deleteService(d -> d.cluster(name).service("outside").force(true));
  }

  @Test
  void familiesAndSettingsByThePage() {
    register(name + "-a", 64);
    register(name + "-b", 64);
    assertThat(
            ecs.listTaskDefinitionFamiliesPaginator(l -> l.familyPrefix(name).maxResults(1))
                .families())
        .containsExactly(name + "-a", name + "-b");
    assertThat(
            ecs.listAccountSettingsPaginator(l -> l.effectiveSettings(true).maxResults(1))
                .settings())
        .hasSizeGreaterThan(1);
  }

  private String newest() {
    return ecs.listServiceDeployments(l -> l.service(name))
        .serviceDeployments()
        .getFirst()
        .serviceDeploymentArn();
  }

  private void awaitStatus(String deployment, ServiceDeploymentStatus status) {
    await("the service deployment is " + status)
        .atMost(BerthSuite.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        ecs.describeServiceDeployments(d -> d.serviceDeploymentArns(deployment))
                            .serviceDeployments()
                            .getFirst()
                            .status())
                    .isEqualTo(status));
  }

  private String register(String family, int memory) {
    return ecs.registerTaskDefinition(
            r ->
                r.family(family)
                    .containerDefinitions(
                        c ->
                            c.name("web")
                                .image(ExampleImage.TAG)
                                .cpu(32)
                                .memory(memory)
                                .stopTimeout(5)))
        .taskDefinition()
        .taskDefinitionArn();
  }
}
