package dev.berth.api.adapter.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.testing.AwsClients;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CapacityProvider;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandLogging;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Tag;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class ClusterHandlersTest {
  @TestHTTPResource("/")
  URI endpoint;

  private EcsClient ecs;

  @BeforeEach
  void client() {
    ecs = AwsClients.ecs(endpoint);
  }

  @AfterEach
  void close() {
    ecs.close();
  }

  @Test
  void whatIsIncludedIsShownAndNothingElse() {
    String name = unique("c");
    Cluster created =
        ecs.createCluster(
                request ->
                    request
                        .clusterName(name)
                        .tags(Tag.builder().key("team").value("blue").build())
                        .settings(setting("containerInsights", "enabled"))
                        .configuration(
                            c ->
                                c.executeCommandConfiguration(
                                    e -> e.logging(ExecuteCommandLogging.NONE))))
            .cluster();
    assertThat(created.status()).isEqualTo("ACTIVE");
    assertThat(created.tags()).hasSize(1);

    Cluster plain = ecs.describeClusters(r -> r.clusters(name)).clusters().getFirst();
    Cluster full =
        ecs.describeClusters(
                r ->
                    r.clusters(created.clusterArn())
                        .include(
                            ClusterField.TAGS,
                            ClusterField.SETTINGS,
                            ClusterField.CONFIGURATIONS,
                            ClusterField.STATISTICS,
                            ClusterField.ATTACHMENTS))
            .clusters()
            .getFirst();

    assertThat(plain.tags()).isEmpty();
    assertThat(plain.hasTags()).isTrue();
    assertThat(plain.settings()).isEmpty();
    assertThat(plain.configuration()).isNull();
    assertThat(full.tags()).containsExactlyElementsOf(created.tags());
    assertThat(full.settings().getFirst().value()).isEqualTo("enabled");
    assertThat(full.configuration().executeCommandConfiguration().logging())
        .isEqualTo(ExecuteCommandLogging.NONE);
  }

  @Test
  void whatIsMissingIsAFailureAndNotAnError() {
    DescribeClustersResponse found = ecs.describeClusters(r -> r.clusters("default", "nowhere"));

    assertThat(found.clusters()).hasSize(1);
    assertThat(found.failures())
        .containsExactly(
            Failure.builder()
                .arn("arn:aws:ecs:us-east-1:000000000000:cluster/nowhere")
                .reason("MISSING")
                .build());
  }

  @Test
  void updatedSettingsAndConfigurationStay() {
    String name = create();

    ecs.updateClusterSettings(
        r -> r.cluster(name).settings(setting("containerInsights", "enhanced")));
    ecs.updateCluster(
        r ->
            r.cluster(name)
                .configuration(c -> c.executeCommandConfiguration(e -> e.kmsKeyId("key-1")))
                .serviceConnectDefaults(d -> d.namespace("internal")));

    Cluster found =
        ecs.describeClusters(
                r -> r.clusters(name).include(ClusterField.SETTINGS, ClusterField.CONFIGURATIONS))
            .clusters()
            .getFirst();
    assertThat(found.settings().getFirst().value()).isEqualTo("enhanced");
    assertThat(found.configuration().executeCommandConfiguration().kmsKeyId()).isEqualTo("key-1");
    assertThat(found.serviceConnectDefaults().namespace()).isEqualTo("internal");
  }

  @Test
  void deletedClustersAreInactiveAndMissingOnesAnError() {
    String name = create();

    assertThat(ecs.deleteCluster(r -> r.cluster(name)).cluster().status()).isEqualTo("INACTIVE");

    assertThatThrownBy(() -> ecs.deleteCluster(r -> r.cluster(name)))
        .isInstanceOf(ClusterNotFoundException.class)
        .hasMessageContaining("Cluster not found");
    assertThat(ecs.listClustersPaginator().clusterArns()).noneMatch(arn -> arn.endsWith(name));
  }

  @Test
  void aListIsPagedToItsEnd() {
    List<String> names = List.of(create(), create(), create());

    assertThat(ecs.listClustersPaginator(r -> r.maxResults(2)).clusterArns())
        .extracting(arn -> arn.substring(arn.lastIndexOf('/') + 1))
        .containsAll(names)
        .doesNotHaveDuplicates();
  }

  @Test
  void wrongRequestsAreRefused() {
    assertThatThrownBy(() -> ecs.createCluster(r -> r.clusterName("größe ♥")))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> ecs.updateCluster(r -> r.settings(setting(null, "x"))))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> ecs.describeClusters(r -> r.includeWithStrings("EVERYTHING")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("EVERYTHING");
    assertThatThrownBy(
            () ->
                ecs.updateClusterSettings(
                    r -> r.cluster("default").settings(setting("magic", "on"))))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(
            () -> ecs.describeClusters(r -> r.clusters(java.util.Collections.nCopies(101, "x"))))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void capacityProvidersAreCreatedAssociatedAndDeleted() {
    String cluster = create();
    String name = unique("cp");
    CapacityProvider created = createProvider(name);
    assertThat(created.statusAsString()).isEqualTo("ACTIVE");
    assertThat(created.autoScalingGroupProvider().managedScaling().targetCapacity()).isEqualTo(100);

    Cluster associated =
        ecs.putClusterCapacityProviders(
                r ->
                    r.cluster(cluster)
                        .capacityProviders(name, "FARGATE")
                        .defaultCapacityProviderStrategy(
                            CapacityProviderStrategyItem.builder()
                                .capacityProvider(name)
                                .weight(1)
                                .base(2)
                                .build()))
            .cluster();
    assertThat(associated.capacityProviders()).containsExactly(name, "FARGATE");
    assertThat(associated.defaultCapacityProviderStrategy().getFirst().base()).isEqualTo(2);
    assertThatThrownBy(() -> ecs.deleteCapacityProvider(r -> r.capacityProvider(name)))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("associated with cluster: " + cluster);

    ecs.updateCapacityProvider(
        r ->
            r.name(name)
                .autoScalingGroupProvider(g -> g.managedScaling(s -> s.targetCapacity(80))));
    ecs.putClusterCapacityProviders(
        r ->
            r.cluster(cluster)
                .capacityProviders(List.of())
                .defaultCapacityProviderStrategy(List.of()));
    assertThat(
            ecs.describeCapacityProviders(r -> r.capacityProviders(created.capacityProviderArn()))
                .capacityProviders()
                .getFirst()
                .autoScalingGroupProvider()
                .managedScaling()
                .targetCapacity())
        .isEqualTo(80);
    assertThat(
            ecs.deleteCapacityProvider(r -> r.capacityProvider(created.capacityProviderArn()))
                .capacityProvider()
                .statusAsString())
        .isEqualTo("INACTIVE");
  }

  @Test
  void fargateIsThereAndStays() {
    assertThat(ecs.describeCapacityProviders(r -> r.maxResults(100)).capacityProviders())
        .extracting(CapacityProvider::name)
        .contains("FARGATE", "FARGATE_SPOT");
    assertThatThrownBy(() -> ecs.deleteCapacityProvider(r -> r.capacityProvider("FARGATE")))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> createProvider("fargate-of-mine"))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(
            ecs.describeCapacityProviders(r -> r.capacityProviders("nothing"))
                .failures()
                .getFirst()
                .reason())
        .isEqualTo("MISSING");
  }

  @Test
  void aWrongStrategyIsRefused() {
    String cluster = create();
    String mine = unique("cp");
    createProvider(mine);
    for (String[] strategy :
        new String[][] {
          {"nowhere"}, {"FARGATE", "FARGATE"}, {"FARGATE", mine}, {"FARGATE", "FARGATE_SPOT"}
        }) {
      assertThatThrownBy(
              () ->
                  ecs.putClusterCapacityProviders(
                      r ->
                          r.cluster(cluster)
                              .capacityProviders("FARGATE", "FARGATE_SPOT", mine)
                              .defaultCapacityProviderStrategy(
                                  java.util.Arrays.stream(strategy)
                                      .map(
                                          one ->
                                              CapacityProviderStrategyItem.builder()
                                                  .capacityProvider(one)
                                                  .base(1)
                                                  .weight(1)
                                                  .build())
                                      .toList())))
          .isInstanceOf(InvalidParameterException.class);
    }
    assertThatThrownBy(
            () ->
                ecs.putClusterCapacityProviders(
                    r ->
                        r.cluster(cluster)
                            .capacityProviders("nowhere")
                            .defaultCapacityProviderStrategy(List.of())))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("was not found");
  }

  private CapacityProvider createProvider(String name) {
    return ecs.createCapacityProvider(
            r ->
                r.name(name)
                    .autoScalingGroupProvider(
                        g ->
                            g.autoScalingGroupArn(
                                "arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:1:autoScalingGroupName/group-"
                                    + name)))
        .capacityProvider();
  }

  private static ClusterSetting setting(String name, String value) {
    return ClusterSetting.builder().name(name).value(value).build();
  }

  private String create() {
    String name = unique("c");
    ecs.createCluster(r -> r.clusterName(name));
    return name;
  }

  private static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
