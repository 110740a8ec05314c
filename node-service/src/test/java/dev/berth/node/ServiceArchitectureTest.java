package dev.berth.node;

import dev.berth.contracts.Topic;
import dev.berth.testkit.architecture.ServiceArchitecture;
import dev.berth.testkit.contracts.ChannelConfiguration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceArchitectureTest {
  @Test
  void bordersAreKept() {
    ServiceArchitecture.check("dev.berth.node");
  }

  @Test
  void theChannelsAreTheTopicsOfTheContracts() {
    ChannelConfiguration.check(Topic.Role.NODE, Set.of());
  }
}
