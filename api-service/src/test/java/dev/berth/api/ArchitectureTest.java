package dev.berth.api;

import dev.berth.testkit.architecture.ServiceArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void bordersOfTheServiceHold() {
    ServiceArchitecture.check("dev.berth.api");
  }
}
