package dev.berth.lb;

import dev.berth.contracts.Topic;
import dev.berth.testkit.architecture.ServiceArchitecture;
import dev.berth.testkit.contracts.ChannelConfiguration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LbArchitectureTest {
  @Test
  void theBordersHold() {
    ServiceArchitecture.check("dev.berth.lb");
  }

  @Test
  void theChannelsAreTheTopicsOfTheContracts() throws Exception {
    ChannelConfiguration.check(Topic.Role.LB, Set.of());
  }
}
