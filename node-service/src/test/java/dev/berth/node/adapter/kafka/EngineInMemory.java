package dev.berth.node.adapter.kafka;

import dev.berth.node.application.ContainerEngine;
import dev.berth.node.application.FakeContainerEngine;
import io.quarkus.test.Mock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The engine of tests that are not about Docker. */
@Singleton
public class EngineInMemory {
  private final FakeContainerEngine engine = new FakeContainerEngine("web:1");

  FakeContainerEngine engine() {
    return engine;
  }

  @Mock
  @Produces
  @Singleton
  ContainerEngine asPort() {
    return engine;
  }
}
