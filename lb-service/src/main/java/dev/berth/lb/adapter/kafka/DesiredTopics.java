package dev.berth.lb.adapter.kafka;

import dev.berth.contracts.CloudEvents;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.Topic;
import dev.berth.contracts.UnreadableEventException;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.lb.application.Balancer;
import dev.berth.lb.domain.TargetKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Reads what is wanted of load balancers and targets, from the beginning at every start. */
@ApplicationScoped
public class DesiredTopics {
  private static final Logger LOG = Logger.getLogger(DesiredTopics.class);

  private final Balancer balancer;
  private final DeadLetters deadLetters;
  private final String installationId;
  private final Map<String, LongAdder> handled = new ConcurrentHashMap<>();

  DesiredTopics(
      Balancer balancer,
      DeadLetters deadLetters,
      @ConfigProperty(name = "berth.installation-id") String installationId) {
    this.balancer = balancer;
    this.deadLetters = deadLetters;
    this.installationId = installationId;
  }

  /** A load balancer, or its tombstone. */
  @Incoming("load-balancer-desired")
  public void loadBalancer(ConsumerRecord<String, byte[]> record) {
    handle(
        Topic.LOAD_BALANCER_DESIRED,
        record,
        LoadBalancerDesired.class,
        balancer::loadBalancerChanged);
  }

  /** A task's port as a target, or its tombstone. */
  @Incoming("target-desired")
  public void target(ConsumerRecord<String, byte[]> record) {
    handle(
        Topic.TARGET_DESIRED,
        record,
        TargetDesired.class,
        (key, desired) -> balancer.targetChanged(targetKey(key), desired));
  }

  /** How many records of a topic have been handled. */
  long handledOf(Topic topic) {
    LongAdder count = handled.get(topic.topicName());
    return count == null ? 0 : count.sum();
  }

  private <T> void handle(
      Topic topic, ConsumerRecord<String, byte[]> record, Class<T> type, BiConsumer<String, T> to) {
    try {
      if (isOurs(record)) {
        to.accept(
            record.key(), record.value() == null ? null : EventJson.read(record.value(), type));
      }
    } catch (UnreadableEventException | IllegalArgumentException e) {
      LOG.warnf(
          "Record %s-%d@%d (key %s) can't be read and is parked: %s",
          topic.topicName(), record.partition(), record.offset(), record.key(), e.getMessage());
      deadLetters.park(topic, record, e.getMessage());
    } finally {
      handled.computeIfAbsent(topic.topicName(), name -> new LongAdder()).increment();
    }
  }

  private boolean isOurs(ConsumerRecord<String, byte[]> record) {
    Header header = record.headers().lastHeader(CloudEvents.INSTALLATION_ID);
    if (header == null) {
      return true;
    }
    String writer = new String(header.value(), StandardCharsets.UTF_8);
    if (writer.equals(installationId)) {
      return true;
    }
    LOG.warnf(
        "Record %s@%d is of installation %s, not %s: the log is shared with another one",
        record.topic(), record.offset(), writer, installationId);
    return false;
  }

  /** Reads {@code targetGroupArn|targetId}. */
  private static TargetKey targetKey(String key) {
    int bar = key == null ? -1 : key.lastIndexOf('|');
    if (bar < 1 || bar == key.length() - 1) {
      throw new IllegalArgumentException("'" + key + "' is no key of a target");
    }
    return new TargetKey(key.substring(0, bar), key.substring(bar + 1));
  }
}
