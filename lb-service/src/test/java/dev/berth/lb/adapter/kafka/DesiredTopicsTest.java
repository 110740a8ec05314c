package dev.berth.lb.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.contracts.CloudEvents;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetDesiredState;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.lb.application.Balancer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both consumers, and what they cause, on channels in memory. */
@QuarkusTest
@QuarkusTestResource(
    value = DesiredTopicsTest.ChannelsInMemory.class,
    restrictToAnnotatedClass = true)
class DesiredTopicsTest {
  private static final Duration AT_MOST = Duration.ofSeconds(20);

  @Inject @Any InMemoryConnector connector;
  @Inject Balancer balancer;

  /** One test doesn't see another's group: they share the service. */
  private static int round;

  private String group;
  private String lbName;
  private long offset;

  @BeforeEach
  void readNothingMore() {
    group = "arn:group-" + ++round;
    lbName = "lb-" + round;
    balancer.caughtUp(false);
  }

  @Test
  void aTargetIsReportedWithItsTask() {
    send(Topic.LOAD_BALANCER_DESIRED, lbName, loadBalancer(1));
    send(
        Topic.TARGET_DESIRED,
        Keys.target(group, "t1:80"),
        target("t1:80", 1, TargetDesiredState.REGISTERED));

    TargetStatus status = awaitStatus("t1:80", TargetHealthState.INITIAL);

    assertThat(status.taskId()).isEqualTo("t1");
    assertThat(status.cluster()).isEqualTo("default");
    assertThat(status.lbInstanceId()).isEqualTo("lb-under-test");
  }

  @Test
  void recordsThatComeTwiceOrLateChangeNothing() {
    send(Topic.LOAD_BALANCER_DESIRED, lbName, loadBalancer(1));
    TargetDesired registered = target("t1:80", 7, TargetDesiredState.REGISTERED);
    TargetDesired draining = target("t1:80", 8, TargetDesiredState.DRAINING);
    send(Topic.TARGET_DESIRED, Keys.target(group, "t1:80"), registered);
    send(Topic.TARGET_DESIRED, Keys.target(group, "t1:80"), draining);
    TargetStatus drained = awaitStatus("t1:80", TargetHealthState.DRAINED);

    send(Topic.TARGET_DESIRED, Keys.target(group, "t1:80"), registered);
    send(Topic.TARGET_DESIRED, Keys.target(group, "t1:80"), draining);
    send(
        Topic.TARGET_DESIRED,
        Keys.target(group, "t2:80"),
        target("t2:80", 1, TargetDesiredState.REGISTERED));
    awaitStatus("t2:80", TargetHealthState.INITIAL);

    assertThat(last("t1:80")).contains(drained);
  }

  @Test
  void aTombstoneTakesTheStatusWithIt() {
    send(Topic.LOAD_BALANCER_DESIRED, lbName, loadBalancer(1));
    send(
        Topic.TARGET_DESIRED,
        Keys.target(group, "t1:80"),
        target("t1:80", 1, TargetDesiredState.REGISTERED));
    awaitStatus("t1:80", TargetHealthState.INITIAL);

    send(Topic.TARGET_DESIRED, Keys.target(group, "t1:80"), null);

    await()
        .atMost(AT_MOST)
        .untilAsserted(() -> assertThat(statuses(group, "t1:80").getLast().value()).isNull());
  }

  @Test
  void aLoadBalancersTombstoneClosesItsGroup() {
    send(Topic.LOAD_BALANCER_DESIRED, lbName, loadBalancer(1));
    await().atMost(AT_MOST).until(() -> balancer.summary().groups().containsKey(group));

    send(Topic.LOAD_BALANCER_DESIRED, lbName, null);

    await().atMost(AT_MOST).until(() -> !balancer.summary().groups().containsKey(group));
  }

  @Test
  void whatCantBeReadIsParkedAndTheTopicGoesOn() {
    sendBytes(Topic.LOAD_BALANCER_DESIRED, lbName, "{ no json".getBytes(StandardCharsets.UTF_8));
    sendBytes(
        Topic.TARGET_DESIRED,
        "no key of a target",
        EventJson.write(target("t1:80", 1, TargetDesiredState.REGISTERED)));
    send(Topic.LOAD_BALANCER_DESIRED, lbName, loadBalancer(1));
    send(
        Topic.TARGET_DESIRED,
        Keys.target(group, "t1:80"),
        target("t1:80", 1, TargetDesiredState.REGISTERED));

    awaitStatus("t1:80", TargetHealthState.INITIAL);
    await()
        .atMost(AT_MOST)
        .untilAsserted(
            () ->
                assertThat(
                        connector
                            .<ProducerRecord<byte[], byte[]>>sink("dead-letter-out")
                            .received())
                    .extracting(m -> header(m.getPayload(), "dead-letter-topic"))
                    .contains(
                        Topic.LOAD_BALANCER_DESIRED.topicName(), Topic.TARGET_DESIRED.topicName()));
  }

  @Test
  void anotherInstallationsRecordsAreLeftAlone() {
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(
            Topic.LOAD_BALANCER_DESIRED.topicName(),
            0,
            offset++,
            lbName,
            EventJson.write(loadBalancer(1)));
    record.headers().add(CloudEvents.INSTALLATION_ID, "another".getBytes(StandardCharsets.UTF_8));
    deliver(Topic.LOAD_BALANCER_DESIRED, record);
    send(
        Topic.TARGET_DESIRED,
        Keys.target(group, "t1:80"),
        target("t1:80", 1, TargetDesiredState.REGISTERED));

    TargetStatus status = awaitStatus("t1:80", TargetHealthState.INITIAL);

    assertThat(status.reason()).isEqualTo("Target.NotInUse");
  }

  private void send(Topic topic, String key, Object value) {
    sendBytes(topic, key, value == null ? null : EventJson.write(value));
  }

  private void sendBytes(Topic topic, String key, byte[] value) {
    deliver(topic, new ConsumerRecord<>(topic.topicName(), 0, offset++, key, value));
  }

  private void deliver(Topic topic, ConsumerRecord<String, byte[]> record) {
    String channel = topic == Topic.TARGET_DESIRED ? "target-desired" : "load-balancer-desired";
    connector
        .source(channel)
        .send(
            Message.of(
                record.value() == null ? new byte[0] : record.value(),
                Metadata.of(new IncomingKafkaRecordMetadata<>(record, channel))));
  }

  private TargetStatus awaitStatus(String targetId, TargetHealthState state) {
    await()
        .atMost(AT_MOST)
        .untilAsserted(() -> assertThat(last(targetId)).map(TargetStatus::state).contains(state));
    return last(targetId).orElseThrow();
  }

  private Optional<TargetStatus> last(String targetId) {
    List<ProducerRecord<String, byte[]>> written = statuses(group, targetId);
    return written.isEmpty() || written.getLast().value() == null
        ? Optional.empty()
        : Optional.of(EventJson.read(written.getLast().value(), TargetStatus.class));
  }

  private List<ProducerRecord<String, byte[]>> statuses(String groupArn, String targetId) {
    String key = Keys.targetStatus(groupArn, targetId, "lb-under-test");
    return connector.<ProducerRecord<String, byte[]>>sink("target-status-out").received().stream()
        .map(Message::getPayload)
        .filter(record -> record.key().equals(key))
        .toList();
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private LoadBalancerDesired loadBalancer(long version) {
    return new LoadBalancerDesired(
        lbName,
        "arn:" + lbName,
        version,
        "test",
        "lb.local",
        List.of(),
        List.of(
            new TargetGroupDesired(
                "group",
                group,
                "HTTP",
                80,
                // Nothing listens on the targets' ports: they stay INITIAL for as long as this.
                new TargetGroupHealthCheck(true, "TCP", "1", "/", 300, 2, 2, 10, "200", null),
                0,
                List.of(),
                null,
                null,
                null,
                null,
                null)),
        Instant.EPOCH,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private TargetDesired target(String id, long version, TargetDesiredState state) {
    return new TargetDesired(
        group,
        id,
        version,
        "default",
        "web",
        id.substring(0, id.indexOf(':')),
        "127.0.0.1",
        1,
        state,
        null);
  }

  /** Puts all channels in memory. */
  public static final class ChannelsInMemory implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      Map<String, String> settings = new HashMap<>();
      settings.putAll(
          InMemoryConnector.switchIncomingChannelsToInMemory(
              "load-balancer-desired", "target-desired"));
      settings.putAll(
          InMemoryConnector.switchOutgoingChannelsToInMemory(
              "target-status-out", "load-balancer-status-out", "dead-letter-out"));
      settings.put("berth.installation-id", "test");
      settings.put("berth.lb.instance-id", "lb-under-test");
      // Nobody listens there: the follower of the log waits for ever, and the test says when.
      settings.put("berth.kafka.bootstrap-servers", "127.0.0.1:1");
      return settings;
    }

    @Override
    public void stop() {
      InMemoryConnector.clear();
    }
  }
}
