package dev.berth.api.adapter.kafka;

import dev.berth.contracts.Topic;
import dev.berth.testkit.contracts.ChannelConfiguration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiChannelsTest {
  @Test
  void channelsAreThoseOfTheContracts() {
    // What api-service writes goes through the relay's own transactional producer (ADR 0005).
    ChannelConfiguration.check(
        Topic.Role.API,
        Set.of(
            Topic.CLUSTER_DESIRED,
            Topic.SERVICE_DESIRED,
            Topic.TASK_DESIRED,
            Topic.CONTAINER_INSTANCE_DESIRED,
            Topic.LOAD_BALANCER_DESIRED,
            Topic.EVENTS));
  }
}
