package dev.berth.api.adapter.persistence;

import dev.berth.api.application.access.Administrator;
import dev.berth.api.application.access.StartInstallation;
import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.config.AdministratorCredentials;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * Migrates the database and starts the installation, again and again until PostgreSQL is there: the
 * service stays up without it, not ready, and goes on when it comes.
 */
@ApplicationScoped
public class DatabaseStart implements SystemOfRecord {
  private static final Logger LOG = Logger.getLogger(DatabaseStart.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Flyway flyway;
  private final StartInstallation startInstallation;
  private final AdministratorCredentials administratorCredentials;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private volatile Cancellable attempts;

  public DatabaseStart(
      Flyway flyway,
      StartInstallation startInstallation,
      AdministratorCredentials administratorCredentials) {
    this.flyway = flyway;
    this.startInstallation = startInstallation;
    this.administratorCredentials = administratorCredentials;
  }

  void start(@Observes StartupEvent event) {
    attempts =
        Uni.createFrom()
            .voidItem()
            .emitOn(Infrastructure.getDefaultWorkerPool())
            .invoke(this::startOnce)
            .onFailure()
            .invoke(
                failure ->
                    LOG.warnf(
                        "The database can't be used yet, trying again until it can: %s",
                        failure.getMessage()))
            .onFailure()
            .retry()
            .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
            .indefinitely()
            .subscribe()
            .with(
                started -> {
                  ready.complete(null);
                  LOG.info("The system of record is ready");
                });
  }

  void stop(@Observes ShutdownEvent event) {
    attempts.cancel();
  }

  @Override
  public boolean isReady() {
    return ready.isDone();
  }

  @Override
  public Uni<Void> whenReady() {
    return Uni.createFrom().completionStage(ready);
  }

  private void startOnce() {
    flyway.migrate();
    Administrator administrator = administratorCredentials.read();
    try {
      VertxContextSupport.subscribeAndAwait(() -> startInstallation.start(administrator));
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new CompletionException(e);
    }
  }
}
