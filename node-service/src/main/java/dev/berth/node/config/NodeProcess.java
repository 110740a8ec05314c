package dev.berth.node.config;

import dev.berth.node.adapter.kafka.CatchUp;
import dev.berth.node.adapter.kafka.LogWatch;
import dev.berth.node.application.Node;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Starts and ends the node with its process. */
@Singleton
public class NodeProcess {
  private static final Duration LAST_RECORDS = Duration.ofSeconds(3);

  private final Node node;
  private final LogWatch log;
  private final CatchUp catchUp;

  NodeProcess(Node node, LogWatch log, CatchUp catchUp) {
    this.node = node;
    this.log = log;
    this.catchUp = catchUp;
  }

  void start(@Observes StartupEvent event) {
    node.start();
    log.start(
        (identity, isAnother) -> {
          node.logChanged(identity);
          if (isAnother) {
            catchUp.readAgain();
          }
        });
  }

  /** Before the channels are closed, so that the last status still leaves. */
  void stop(@Observes @Priority(1) ShutdownEvent event) {
    node.stop(LAST_RECORDS);
    log.stop();
  }
}
