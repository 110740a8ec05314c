package dev.berth.scheduler;

import dev.berth.testkit.architecture.ServiceArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void theServiceKeepsItsBorders() {
    ServiceArchitecture.check("dev.berth.scheduler");
  }
}
