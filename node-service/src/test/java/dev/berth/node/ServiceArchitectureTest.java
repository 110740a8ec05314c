package dev.berth.node;

import dev.berth.testkit.architecture.ServiceArchitecture;
import org.junit.jupiter.api.Test;

class ServiceArchitectureTest {
  @Test
  void bordersAreKept() {
    ServiceArchitecture.check("dev.berth.node");
  }
}
