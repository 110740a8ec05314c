package dev.berth.api.application.relay;

import dev.berth.api.application.port.DesiredStates;
import dev.berth.api.application.port.DesiredStates.ResourceKey;
import dev.berth.api.application.port.Installation;
import dev.berth.api.application.port.Transactions;
import dev.berth.contracts.Topic;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The rows as the relay's own thread reads them: blocking, and never longer than it may take. */
@ApplicationScoped
public class RelayedStates {
  private static final Duration AT_MOST = Duration.ofSeconds(15);

  private final DesiredStates states;
  private final Installation installation;
  private final Transactions transactions;

  public RelayedStates(DesiredStates states, Installation installation, Transactions transactions) {
    this.states = states;
    this.installation = installation;
    this.transactions = transactions;
  }

  Map<String, Object> current(Topic topic, Collection<String> keys) {
    return await(() -> states.current(topic, keys));
  }

  List<ResourceKey> page(Topic topic, String after, int limit) {
    return await(() -> states.page(topic, after, limit));
  }

  Optional<String> publishedLog() {
    return await(() -> transactions.inTransaction(installation::publishedLog));
  }

  int forgetHearsay() {
    return await(() -> transactions.inTransaction(installation::forgetHearsay));
  }

  int nameWhatRuns(int atMost) {
    return await(() -> transactions.inTransaction(() -> installation.nameWhatRuns(atMost)));
  }

  void publishedTo(String identity) {
    await(() -> transactions.inTransaction(() -> installation.publishedTo(identity)));
  }

  private static <T> T await(Supplier<Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(
          () -> work.get().ifNoItem().after(AT_MOST).fail());
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
