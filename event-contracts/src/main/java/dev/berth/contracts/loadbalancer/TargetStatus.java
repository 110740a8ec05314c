package dev.berth.contracts.loadbalancer;

import dev.berth.contracts.Versioned;
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
    implements Versioned {}
