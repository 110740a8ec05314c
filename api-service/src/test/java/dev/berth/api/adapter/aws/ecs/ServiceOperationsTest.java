package dev.berth.api.adapter.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.PlacementStrategyType;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceConnectClientAlias;
import software.amazon.awssdk.services.ecs.model.ServiceConnectService;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;
import software.amazon.awssdk.services.ecs.model.ServiceVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.Tag;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class ServiceOperationsTest extends EcsOperationsTest {
  @Test
  void whatWasSentIsAnswered() {
    String cluster = cluster();
    String definition = taskDefinition();

    Service made =
        ecs.createService(
                request ->
                    request
                        .cluster(cluster)
                        .serviceName("web")
                        .taskDefinition(definition)
                        .desiredCount(2)
                        .propagateTags(PropagateTags.SERVICE)
                        .enableECSManagedTags(true)
                        .tags(Tag.builder().key("team").value("a").build())
                        .placementStrategy(
                            PlacementStrategy.builder()
                                .type(PlacementStrategyType.BINPACK)
                                .field("memory")
                                .build())
                        .placementConstraints(
                            PlacementConstraint.builder()
                                .type("memberOf")
                                .expression("attribute:ecs.os-type == linux")
                                .build())
                        .deploymentConfiguration(
                            one ->
                                one.deploymentCircuitBreaker(b -> b.enable(true).rollback(true))
                                    .bakeTimeInMinutes(1)
                                    .alarms(a -> a.alarmNames("high").enable(true).rollback(false)))
                        .serviceConnectConfiguration(
                            one ->
                                one.enabled(true)
                                    .namespace("shop")
                                    .services(
                                        ServiceConnectService.builder()
                                            .portName("http")
                                            .clientAliases(
                                                ServiceConnectClientAlias.builder()
                                                    .port(80)
                                                    .dnsName("web")
                                                    .build())
                                            .build()))
                        .serviceRegistries(
                            ServiceRegistry.builder()
                                .registryArn("arn:aws:servicediscovery:::x")
                                .port(80)
                                .build()))
            .service();

    assertThat(made.serviceArn())
        .isEqualTo("arn:aws:ecs:us-east-1:000000000000:service/" + cluster + "/web");
    assertThat(made.status()).isEqualTo("ACTIVE");
    assertThat(made.launchType()).isEqualTo(LaunchType.EC2);
    assertThat(made.schedulingStrategy()).isEqualTo(SchedulingStrategy.REPLICA);
    assertThat(made.deploymentController().type()).isEqualTo(DeploymentControllerType.ECS);
    assertThat(made.deploymentConfiguration().maximumPercent()).isEqualTo(200);
    assertThat(made.deploymentConfiguration().deploymentCircuitBreaker().rollback()).isTrue();
    assertThat(made.deploymentConfiguration().alarms().alarmNames()).containsExactly("high");
    assertThat(made.placementStrategy().getFirst().field()).isEqualTo("memory");
    assertThat(made.availabilityZoneRebalancing()).isEqualTo(AvailabilityZoneRebalancing.DISABLED);
    assertThat(made.serviceRegistries().getFirst().port()).isEqualTo(80);
    assertThat(made.deployments().getFirst().serviceConnectConfiguration().services())
        .first()
        .satisfies(one -> assertThat(one.clientAliases().getFirst().dnsName()).isEqualTo("web"));
    assertThat(made.createdBy()).startsWith("arn:");
    assertThat(made.createdAt()).isNotNull();
    assertThat(made.networkConfiguration()).isNull();
    assertThat(made.hasCapacityProviderStrategy()).isFalse();
    assertThat(made.tags()).containsExactly(Tag.builder().key("team").value("a").build());
  }

  @Test
  void aServiceIsFoundByNameAndByBothFormatsOfItsArn() {
    String cluster = cluster();
    create(cluster, "web", 1);
    String arn = "arn:aws:ecs:us-east-1:000000000000:service/";

    DescribeServicesResponse found =
        ecs.describeServices(
            request -> request.cluster(cluster).services("web", arn + "web", "nothing"));

    assertThat(found.services()).extracting(Service::serviceName).containsExactly("web");
    assertThat(found.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.reason()).isEqualTo("MISSING");
              assertThat(failure.arn()).isEqualTo(arn + cluster + "/nothing");
            });
    assertThat(
            ecs.describeServices(
                    request ->
                        request
                            .cluster("arn:aws:ecs:us-east-1:000000000000:cluster/" + cluster)
                            .services(arn + cluster + "/web"))
                .services())
        .hasSize(1);
  }

  @Test
  void tagsAreShownToWhoAsksForThem() {
    String cluster = cluster();
    ecs.createService(
        request ->
            request
                .cluster(cluster)
                .serviceName("web")
                .taskDefinition(taskDefinition())
                .desiredCount(0)
                .tags(Tag.builder().key("a").value("b").build()));

    Service without =
        ecs.describeServices(request -> request.cluster(cluster).services("web"))
            .services()
            .getFirst();
    Service with =
        ecs.describeServices(
                request -> request.cluster(cluster).services("web").include(ServiceField.TAGS))
            .services()
            .getFirst();

    assertThat(without.hasTags()).isFalse();
    assertThat(with.tags()).hasSize(1);
  }

  @Test
  void aNewRevisionIsANewDeployment() {
    String cluster = cluster();
    String family = unique("family");
    taskDefinition(family);
    ecs.createService(
        request ->
            request.cluster(cluster).serviceName("web").taskDefinition(family).desiredCount(1));
    String second = taskDefinition(family);

    Service updated =
        ecs.updateService(
                request ->
                    request.cluster(cluster).service("web").taskDefinition(family).desiredCount(3))
            .service();

    assertThat(updated.taskDefinition()).isEqualTo(second);
    assertThat(updated.desiredCount()).isEqualTo(3);
    assertThat(updated.deployments())
        .extracting(one -> one.status())
        .containsExactly("PRIMARY", "ACTIVE");
    assertThat(updated.deployments().getFirst().rolloutState())
        .isEqualTo(DeploymentRolloutState.IN_PROGRESS);
    assertThat(updated.currentServiceDeployment()).contains(":service-deployment/" + cluster);
  }

  @Test
  void anEmptyListTakesAwayWhatWasThere() {
    String cluster = cluster();
    ecs.createService(
        request ->
            request
                .cluster(cluster)
                .serviceName("web")
                .taskDefinition(taskDefinition())
                .desiredCount(1)
                .placementConstraints(
                    PlacementConstraint.builder().type("distinctInstance").build()));

    Service updated =
        ecs.updateService(
                request -> request.cluster(cluster).service("web").placementConstraints(List.of()))
            .service();

    assertThat(updated.placementConstraints()).isEmpty();
    assertThat(updated.deployments()).hasSize(1);
  }

  @Test
  void servicesAreListedByKindAndPage() {
    String cluster = cluster();
    for (String name : List.of("a", "b", "c")) {
      create(cluster, name, 0);
    }
    ecs.createService(
        request ->
            request
                .cluster(cluster)
                .serviceName("d")
                .taskDefinition(taskDefinition())
                .schedulingStrategy(SchedulingStrategy.DAEMON));

    List<String> paged =
        ecs
            .listServicesPaginator(request -> request.cluster(cluster).maxResults(2))
            .serviceArns()
            .stream()
            .toList();
    List<String> daemons =
        ecs.listServices(
                request -> request.cluster(cluster).schedulingStrategy(SchedulingStrategy.DAEMON))
            .serviceArns();

    assertThat(paged).hasSize(4);
    assertThat(daemons).singleElement().asString().endsWith("/d");
    assertThat(
            ecs.listServices(request -> request.cluster(cluster).launchType(LaunchType.FARGATE))
                .serviceArns())
        .isEmpty();
  }

  @Test
  void servicesAreListedByNamespace() {
    String cluster = cluster();
    String namespace = unique("namespace");
    create(cluster, "other", 0);
    ecs.createService(
        request ->
            request
                .cluster(cluster)
                .serviceName("web")
                .taskDefinition(taskDefinition())
                .desiredCount(0)
                .serviceConnectConfiguration(one -> one.enabled(true).namespace(namespace)));

    assertThat(ecs.listServicesByNamespace(request -> request.namespace(namespace)).serviceArns())
        .singleElement()
        .asString()
        .endsWith(cluster + "/web");
  }

  @Test
  void theSameTokenCreatesOnce() {
    String cluster = cluster();
    String definition = taskDefinition();
    for (int i = 0; i < 2; i++) {
      ecs.createService(
          request ->
              request
                  .cluster(cluster)
                  .serviceName("web")
                  .taskDefinition(definition)
                  .desiredCount(1)
                  .clientToken("token"));
    }

    refused(
        () ->
            ecs.createService(
                request ->
                    request
                        .cluster(cluster)
                        .serviceName("web")
                        .taskDefinition(definition)
                        .desiredCount(1)),
        "InvalidParameterException",
        "Creation of service was not idempotent.");
  }

  @Test
  void aScaledServiceIsDeletedOnlyByForceAndThenDrains() {
    String cluster = cluster();
    create(cluster, "web", 1);

    refused(
        () -> ecs.deleteService(request -> request.cluster(cluster).service("web")),
        "InvalidParameterException",
        "The service cannot be stopped while it is scaled above 0.");
    Service gone =
        ecs.deleteService(request -> request.cluster(cluster).service("web").force(true)).service();

    assertThat(gone.status()).isEqualTo("DRAINING");
    refused(
        () -> ecs.updateService(request -> request.cluster(cluster).service("web").desiredCount(1)),
        "ServiceNotActiveException",
        "Service was not ACTIVE.");
    refused(
        () -> create(cluster, "web", 1),
        "InvalidParameterException",
        "Unable to Start a service that is still Draining.");
  }

  @Test
  void everyRefusalHasTheModelsCode() {
    String cluster = cluster();
    String definition = taskDefinition();
    refused(
        () -> ecs.describeServices(request -> request.cluster("nowhere").services("a")),
        "ClusterNotFoundException",
        "");
    refused(
        () -> ecs.describeServices(request -> request.cluster(cluster)),
        "InvalidParameterException",
        "Services cannot be empty.");
    refused(
        () ->
            ecs.describeServices(
                request ->
                    request.cluster(cluster).services(java.util.Collections.nCopies(11, "a"))),
        "InvalidParameterException",
        "10");
    refused(
        () -> ecs.updateService(request -> request.cluster(cluster).service("none")),
        "ServiceNotFoundException",
        "Service not found.");
    refused(
        () -> ecs.deleteService(request -> request.cluster(cluster).service("none")),
        "ServiceNotFoundException",
        "Service not found.");
    refused(
        () ->
            ecs.createService(
                request ->
                    request
                        .cluster(cluster)
                        .serviceName("a b")
                        .taskDefinition(definition)
                        .desiredCount(1)),
        "InvalidParameterException",
        "serviceName");
    refused(
        () ->
            ecs.createService(
                request ->
                    request
                        .cluster(cluster)
                        .serviceName("a")
                        .taskDefinition(definition)
                        .desiredCount(1)
                        .launchType(LaunchType.EC2)
                        .capacityProviderStrategy(
                            CapacityProviderStrategyItem.builder()
                                .capacityProvider("FARGATE")
                                .build())),
        "InvalidParameterException",
        "both a launch type and capacity provider strategy");
    refused(
        () ->
            ecs.createService(
                request ->
                    request
                        .cluster(cluster)
                        .serviceName("a")
                        .taskDefinition(definition)
                        .desiredCount(1)
                        .capacityProviderStrategy(
                            CapacityProviderStrategyItem.builder()
                                .capacityProvider("none")
                                .weight(1)
                                .build())),
        "InvalidParameterException",
        "capacity provider 'none'");
    refused(
        () ->
            ecs.createService(
                request ->
                    request
                        .cluster(cluster)
                        .serviceName("a")
                        .taskDefinition(definition)
                        .desiredCount(1)
                        .volumeConfigurations(
                            ServiceVolumeConfiguration.builder().name("data").build())),
        "InvalidParameterException",
        "configured at launch");
    refused(
        () ->
            ecs.describeServices(
                request -> request.cluster(cluster).services("a").includeWithStrings("ALL")),
        "InvalidParameterException",
        "include");
    refused(
        () ->
            ecs.describeTaskSets(
                request -> request.cluster(cluster).service("a").includeWithStrings("ALL")),
        "InvalidParameterException",
        "include");
    refused(
        () ->
            ecs.createService(
                request ->
                    request
                        .cluster(cluster)
                        .serviceName("a")
                        .taskDefinition(definition)
                        .desiredCount(1)
                        .launchType(LaunchType.FARGATE)),
        "ClientException",
        "launch_type FARGATE");
    refused(
        () ->
            ecs.createService(
                request ->
                    request
                        .cluster(cluster)
                        .serviceName("a")
                        .taskDefinition(definition)
                        .desiredCount(1)
                        .deploymentConfiguration(
                            one -> one.strategy(DeploymentStrategy.BLUE_GREEN))),
        "UnsupportedFeatureException",
        "BLUE_GREEN");
    refused(
        () ->
            ecs.createService(
                request ->
                    request
                        .cluster(cluster)
                        .serviceName("a")
                        .taskDefinition(definition)
                        .desiredCount(1)
                        .schedulingStrategy("SOMETIMES")),
        "InvalidParameterException",
        "schedulingStrategy");
    refused(
        () ->
            ecs.createService(
                request ->
                    request
                        .cluster(cluster)
                        .serviceName("a")
                        .taskDefinition(definition)
                        .desiredCount(1)
                        .loadBalancers(
                            LoadBalancer.builder()
                                .targetGroupArn("none")
                                .containerName("web")
                                .containerPort(80)
                                .build())),
        "InvalidParameterException",
        "none");
    assertThat(ecs.listServices(request -> request.cluster(cluster)).serviceArns()).isEmpty();
  }

  private void create(String cluster, String name, int desiredCount) {
    ecs.createService(
        request ->
            request
                .cluster(cluster)
                .serviceName(name)
                .taskDefinition(taskDefinition())
                .desiredCount(desiredCount));
  }
}
