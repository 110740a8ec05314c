package dev.berth.api.application.fold;

import dev.berth.api.domain.fold.ClusterEvent;
import dev.berth.api.domain.fold.EventScope;
import dev.berth.api.domain.fold.StateChangeEvents;
import dev.berth.contracts.service.ServiceEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Keeps the sentences about services that users read. */
@ApplicationScoped
public class FoldServiceEvents {
  private final Folding folding;
  private final EventScope scope;

  public FoldServiceEvents(Folding folding, EventScope scope) {
    this.folding = folding;
    this.scope = scope;
  }

  /** Adds events in their order; those that are there already change nothing. */
  public Uni<Void> fold(List<ServiceEvent> events) {
    return folding.run(
        "service-event",
        rows ->
            rows.services()
                .addEvents(events)
                .chain(
                    added -> {
                      List<ClusterEvent> news =
                          events.stream()
                              .filter(event -> added.contains(event.id()))
                              .map(event -> StateChangeEvents.serviceAction(event, scope))
                              .toList();
                      return rows.append(news)
                          .replaceWith(new FoldEffects(!news.isEmpty(), Set.of()));
                    }));
  }
}
