package dev.berth.scheduler.adapter.kafka;

import dev.berth.contracts.Partitions;
import java.time.Duration;
import java.util.Map;

/**
 * How this process uses the log.
 *
 * @param clientSettings what every client gets: bootstrap servers, security
 * @param instanceId this process's name
 * @param logTimeout how long one request may take
 * @param watchInterval how often the log's end and identity are asked for
 * @param staleAfter how old the last such answer may be for a decision to be made
 */
public record LogSettings(
    Map<String, Object> clientSettings,
    Partitions partitions,
    short replicationFactor,
    String instanceId,
    String installationId,
    Duration sessionTimeout,
    Duration logTimeout,
    Duration watchInterval,
    Duration staleAfter,
    Duration transactionTimeout,
    Duration fullReconcileInterval) {
  public LogSettings {
    clientSettings = Map.copyOf(clientSettings);
  }
}
