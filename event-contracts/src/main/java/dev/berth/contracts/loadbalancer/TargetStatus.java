package dev.berth.contracts.loadbalancer;

import dev.berth.contracts.Versioned;
import java.time.Duration;
import java.time.Instant;

/**
 * A target as one lb-service sees it. Written to {@code berth.target.status.v1}, keyed by {@code
 * targetGroupArn|targetId|lbInstanceId}. {@code reason} is ELBv2's code such as {@code
 * Target.Timeout}; {@code description} says it in a sentence.
 *
 * @param host the address that is checked; absent in old records, as are the two after it
 * @param availabilityZone the target's zone, if it has one
 */
public record TargetStatus(
    String targetGroupArn,
    String targetId,
    String lbInstanceId,
    long version,
    String cluster,
    String taskId,
    TargetHealthState state,
    String reason,
    String description,
    Instant changedAt,
    String host,
    Integer port,
    String availabilityZone)
    implements Versioned {
  /** How seldom an lb-service may write each status again. */
  public static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

  /** In microseconds, as versions count them; some times the interval of reports. */
  private static final long SILENCE = 120_000_000;

  /**
   * Whether who wrote a status has gone: an lb-service writes each again every half a minute, with
   * the time in microseconds as its version. One that has said nothing for two minutes longer than
   * another one doesn't know any more what it said; while all are silent, as when the log is away,
   * the last word of each counts.
   *
   * @param newest the version of the newest status that anyone wrote
   */
  public static boolean isOutdated(long version, long newest) {
    return newest - version > SILENCE;
  }
}
