package dev.berth.api.adapter.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.domain.fold.Records;
import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import dev.berth.contracts.EventJson;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.AttributeLimitExceededException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Setting;
import software.amazon.awssdk.services.ecs.model.SettingName;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TargetNotFoundException;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class TagsAndSettingsTest extends EcsOperationsTest {
  private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:";

  @Inject Database database;

  @Test
  void everyKindOfResourceIsTaggedByItsArn() {
    String cluster = cluster();
    String task = unique("task");
    String instance = instance(cluster);
    String provider = unique("cp");
    ecs.createCapacityProvider(
        r -> r.name(provider).autoScalingGroupProvider(g -> g.autoScalingGroupArn("group")));
    String definition = taskDefinition();
    ecs.createService(
        r -> r.cluster(cluster).serviceName("web").taskDefinition(definition).desiredCount(0));
    database.run(
        "insert into tasks (id, cluster, created_at) values ($1, $2, now())", task, cluster);

    for (String arn :
        List.of(
            ARN + "cluster/" + cluster,
            ARN + "service/" + cluster + "/web",
            ARN + "task/" + cluster + "/" + task,
            ARN + "container-instance/" + cluster + "/" + instance,
            ARN + "capacity-provider/" + provider,
            definition)) {
      ecs.tagResource(r -> r.resourceArn(arn).tags(tag("team", "blue"), tag("stage", "test")));
      ecs.tagResource(r -> r.resourceArn(arn).tags(tag("team", "red")));
      ecs.untagResource(r -> r.resourceArn(arn).tagKeys("stage", "never-there"));

      assertThat(ecs.listTagsForResource(r -> r.resourceArn(arn)).tags())
          .as(arn)
          .contains(tag("team", "red"))
          .doesNotContain(tag("stage", "test"));
    }
  }

  @Test
  void wrongTagsAndUnknownResourcesAreRefused() {
    String arn = ARN + "cluster/" + cluster();

    assertThatThrownBy(() -> ecs.tagResource(r -> r.resourceArn(arn).tags(tag("aws:x", "y"))))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(
            () ->
                ecs.tagResource(
                    r ->
                        r.resourceArn(arn)
                            .tags(
                                IntStream.range(0, 51).mapToObj(i -> tag("k" + i, "v")).toList())))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> ecs.listTagsForResource(r -> r.resourceArn(ARN + "cluster/nowhere")))
        .isInstanceOf(ResourceNotFoundException.class);
    for (String wrong :
        List.of(
            "default",
            "arn:aws:s3:::bucket",
            ARN + "cluster/",
            ARN + "nothing/x",
            ARN + "task/abc",
            "arn:aws:ecs:eu-west-1:000000000000:cluster/default")) {
      assertThatThrownBy(() -> ecs.listTagsForResource(r -> r.resourceArn(wrong)))
          .as(wrong)
          .isInstanceOf(InvalidParameterException.class);
    }
  }

  @Test
  void attributesArePutListedAndDeleted() {
    String cluster = cluster();
    String instance = instance(cluster);

    ecs.putAttributes(r -> r.cluster(cluster).attributes(attribute("stack", "prod", instance)));

    assertThat(
            ecs.listAttributesPaginator(
                    r -> r.cluster(cluster).targetType("container-instance").maxResults(1))
                .attributes())
        .anySatisfy(
            one -> {
              assertThat(one.name()).isEqualTo("stack");
              assertThat(one.targetId())
                  .isEqualTo(ARN + "container-instance/" + cluster + "/" + instance);
            });
    ecs.deleteAttributes(r -> r.cluster(cluster).attributes(attribute("stack", null, instance)));
    assertThat(
            ecs.listAttributes(
                    r -> r.cluster(cluster).targetType("container-instance").attributeName("stack"))
                .attributes())
        .isEmpty();
    assertThatThrownBy(
            () -> ecs.putAttributes(r -> r.cluster(cluster).attributes(attribute("a", "b", "no"))))
        .isInstanceOf(TargetNotFoundException.class);
    for (int i = 0; i < 10; i++) {
      String name = "a" + i;
      ecs.putAttributes(r -> r.cluster(cluster).attributes(attribute(name, "b", instance)));
    }
    assertThatThrownBy(
            () ->
                ecs.putAttributes(
                    r -> r.cluster(cluster).attributes(attribute("a11", "b", instance))))
        .isInstanceOf(AttributeLimitExceededException.class);
  }

  @Test
  void ownSettingsGoBeforeTheAccountsAndThoseBeforeEcss() {
    assertThat(effective(SettingName.CONTAINER_INSIGHTS)).isEqualTo("disabled");

    ecs.putAccountSettingDefault(r -> r.name(SettingName.CONTAINER_INSIGHTS).value("enabled"));
    assertThat(effective(SettingName.CONTAINER_INSIGHTS)).isEqualTo("enabled");
    ecs.putAccountSetting(r -> r.name(SettingName.CONTAINER_INSIGHTS).value("enhanced"));
    assertThat(effective(SettingName.CONTAINER_INSIGHTS)).isEqualTo("enhanced");
    assertThat(ecs.listAccountSettings(r -> r.name(SettingName.CONTAINER_INSIGHTS)).settings())
        .extracting(Setting::value)
        .containsExactly("enhanced");
    ecs.deleteAccountSetting(r -> r.name(SettingName.CONTAINER_INSIGHTS));
    assertThat(effective(SettingName.CONTAINER_INSIGHTS)).isEqualTo("enabled");

    assertThat(
            ecs.listAccountSettingsPaginator(r -> r.effectiveSettings(true).maxResults(3))
                .settings())
        .hasSize(SettingName.knownValues().size());
    for (String[] wrong :
        new String[][] {
          {"magic", "on"}, {"awsvpcTrunking", "maybe"}, {"taskLongArnFormat", "disabled"}
        }) {
      assertThatThrownBy(() -> ecs.putAccountSetting(r -> r.name(wrong[0]).value(wrong[1])))
          .as(wrong[0])
          .isInstanceOf(InvalidParameterException.class);
    }
  }

  private String effective(SettingName name) {
    return ecs.listAccountSettings(r -> r.name(name).effectiveSettings(true))
        .settings()
        .getFirst()
        .value();
  }

  private String instance(String cluster) {
    String id = unique("instance");
    database.run(
        """
        insert into container_instances
          (id, cluster, status, version, desired, seen_version, seen, registered_at)
        values ($1, $2, 'ACTIVE', 1, $3::text::jsonb, 1, $4::text::jsonb, now())
        """,
        id,
        cluster,
        """
        {"containerInstanceId": "%s", "cluster": "%s", "version": 1, "installationId": "x",
         "status": "ACTIVE", "force": false, "attributes": []}
        """
            .formatted(id, cluster),
        new String(EventJson.write(Records.instance(id, cluster, 1)), StandardCharsets.UTF_8));
    return id;
  }

  private static Attribute attribute(String name, String value, String target) {
    return Attribute.builder().name(name).value(value).targetId(target).build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
