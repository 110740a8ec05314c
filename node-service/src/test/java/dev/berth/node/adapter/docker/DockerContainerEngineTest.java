package dev.berth.node.adapter.docker;

import dev.berth.node.application.ContainerEngine;
import dev.berth.node.application.ContainerEngineContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** The real engine keeps the contract. */
@Tag("docker")
class DockerContainerEngineTest extends ContainerEngineContract {
  private static DockerContainerEngine engine;

  @Override
  protected ContainerEngine engine() {
    if (engine == null) {
      engine = RealDocker.engine();
    }
    return engine;
  }

  @Override
  protected String image() {
    return RealDocker.image();
  }

  @AfterAll
  static void disconnect() {
    if (engine != null) {
      engine.close();
    }
  }
}
