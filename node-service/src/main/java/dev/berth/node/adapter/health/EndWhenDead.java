package dev.berth.node.adapter.health;

import dev.berth.log.DeathWatch;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Ends the process once its liveness stays DOWN. Its containers go on, and the next process adopts
 * them.
 */
@Singleton
public class EndWhenDead {
  private static final Logger LOG = Logger.getLogger(EndWhenDead.class);

  private final SmallRyeHealthReporter health;
  private volatile String reason = "";
  private DeathWatch watch;

  public EndWhenDead(SmallRyeHealthReporter health) {
    this.health = health;
  }

  void start(@Observes StartupEvent event) {
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      watch = DeathWatch.start(this::isDead, this::end);
    }
  }

  void stop(@Observes @Priority(1) ShutdownEvent event) {
    if (watch != null) {
      watch.close();
    }
  }

  /** Whether the liveness is DOWN at the moment. */
  boolean isDead() {
    SmallRyeHealth liveness = health.getLiveness();
    if (liveness.isDown()) {
      reason = liveness.getPayload().toString();
    }
    return liveness.isDown();
  }

  private void end() {
    LOG.fatalf("Ending this process, to be started anew: %s", reason);
    Quarkus.asyncExit(1);
  }
}
