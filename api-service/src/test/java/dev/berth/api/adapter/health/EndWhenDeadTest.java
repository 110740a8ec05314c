package dev.berth.api.adapter.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the death watch goes by. */
@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class EndWhenDeadTest {
  private static volatile boolean channelEnded;
  private static volatile boolean unready;

  @Inject EndWhenDead process;

  @AfterEach
  void allIsWellAgain() {
    channelEnded = false;
    unready = false;
  }

  @Test
  void aChannelThatEndedIsDeath() {
    assertThat(process.isDead()).isFalse();
    channelEnded = true;
    assertThat(process.isDead()).isTrue();
  }

  @Test
  void whatIsOnlyNotReadyLives() {
    unready = true;
    assertThat(process.isDead()).isFalse();
  }

  @Liveness
  @ApplicationScoped
  static class Channel implements HealthCheck {
    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("a channel").status(!channelEnded).build();
    }
  }

  @Readiness
  @ApplicationScoped
  static class Database implements HealthCheck {
    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("a database").status(!unready).build();
    }
  }
}
