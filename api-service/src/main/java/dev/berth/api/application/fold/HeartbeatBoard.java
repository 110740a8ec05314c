package dev.berth.api.application.fold;

import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest sign of life of each container instance, in memory. Heartbeats come every second from
 * every node; the rows learn of them every few seconds, all instances in one statement.
 */
@ApplicationScoped
public class HeartbeatBoard {
  private final FoldInstanceStatuses instances;
  private final Clock clock;
  private final Map<String, SignOfLife> newest = new ConcurrentHashMap<>();

  public HeartbeatBoard(FoldInstanceStatuses instances, Clock clock) {
    this.instances = instances;
    this.clock = clock;
  }

  /** Notes a heartbeat. */
  public void heard(ContainerInstanceHeartbeat heartbeat) {
    newest.put(
        heartbeat.containerInstanceId(),
        new SignOfLife(
            heartbeat.containerInstanceId(),
            clock.instant(),
            heartbeat.intervalMillis(),
            heartbeat.dockerConnected()));
  }

  /** Writes what was heard since the last time. */
  @Scheduled(
      every = "${berth.heartbeat-write-interval:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> write() {
    List<SignOfLife> signs = new ArrayList<>(newest.values());
    signs.forEach(sign -> newest.remove(sign.containerInstanceId(), sign));
    return instances.heartbeats(signs);
  }
}
