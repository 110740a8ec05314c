package dev.berth.api.adapter.aws.elbv2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.testing.AwsClients;
import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** What DescribeTargetHealth makes of what several lb-services say. */
@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class SeveralBalancersTest {
  @TestHTTPResource("/")
  URI endpoint;

  @Inject Database database;

  private ElasticLoadBalancingV2Client elb;
  private String group;
  private String byHand;
  private long now;

  @BeforeEach
  void registerATarget() {
    elb = AwsClients.of(ElasticLoadBalancingV2Client.builder(), endpoint);
    group =
        elb.createTargetGroup(
                one ->
                    one.name("s" + UUID.randomUUID().toString().substring(0, 8))
                        .protocol(ProtocolEnum.HTTP)
                        .port(80)
                        .targetType(TargetTypeEnum.IP))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    elb.registerTargets(
        one ->
            one.targetGroupArn(group).targets(TargetDescription.builder().id("10.1.2.3").build()));
    byHand = "10.1.2.3:80";
    now = database.number("select coalesce(max(version), 0) from target_health");
    now = Math.max(now, TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));
  }

  @AfterEach
  void forget() {
    database.run("delete from target_health where target_group_arn = $1", group);
    elb.close();
  }

  @Test
  void theBestOfWhatTheySayIsShown() {
    say(byHand, "lb-1", Duration.ZERO, TargetHealthState.UNHEALTHY);
    say(byHand, "lb-2", Duration.ofSeconds(60), TargetHealthState.HEALTHY);

    assertThat(states()).containsExactly(Map.entry("10.1.2.3", "healthy"));
  }

  @Test
  void oneThatHasGoneIsNotHeardWhereAnotherSpeaks() {
    say(byHand, "lb-1", Duration.ZERO, TargetHealthState.UNHEALTHY);
    say(byHand, "lb-2", Duration.ofMinutes(3), TargetHealthState.HEALTHY);
    say("task:80", "lb-2", Duration.ofMinutes(3), TargetHealthState.HEALTHY);

    assertThat(states())
        .as("nor of a task's target that nobody else knows any more")
        .containsExactly(Map.entry("10.1.2.3", "unhealthy"));
  }

  @Test
  void whileAllAreSilentTheirLastWordCounts() {
    say(byHand, "lb-1", Duration.ofMinutes(3), TargetHealthState.HEALTHY);
    say("elsewhere:80", "lb-1", Duration.ofMinutes(3), TargetHealthState.HEALTHY);
    database.run(
        "delete from target_health where version > $1", now - TimeUnit.MINUTES.toMicros(2));

    assertThat(states()).hasSize(2).containsEntry("10.1.2.3", "healthy");
  }

  private Map<String, String> states() {
    return elb
        .describeTargetHealth(one -> one.targetGroupArn(group))
        .targetHealthDescriptions()
        .stream()
        .collect(
            Collectors.toMap(one -> one.target().id(), one -> one.targetHealth().stateAsString()));
  }

  private void say(String target, String balancer, Duration ago, TargetHealthState state) {
    database.run(
        """
        insert into target_health
          (target_group_arn, target_id, lb_instance_id, version, state, changed_at)
        values ($1, $2, $3, $4, $5, now())
        """,
        group,
        target,
        balancer,
        now - TimeUnit.MILLISECONDS.toMicros(ago.toMillis()),
        state.name());
  }
}
