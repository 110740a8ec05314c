package dev.berth.lb.adapter.kafka;

import dev.berth.contracts.Keys;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.lb.application.StatusReports;
import dev.berth.lb.domain.HealthDescription;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetKey;
import java.time.Instant;

/** Writes the targets' status to {@code berth.target.status.v1}. */
public final class TargetStatusReports implements StatusReports {
  private final String instanceId;
  private final NewestRecords out;

  /**
   * @param instanceId the lb-service that speaks
   */
  public TargetStatusReports(String instanceId, NewestRecords out) {
    this.instanceId = instanceId;
    this.out = out;
  }

  @Override
  public void report(Target target, HealthDescription health, Instant changedAt) {
    TargetKey key = target.key();
    out.write(
        recordKey(key),
        key.targetGroupArn(),
        version ->
            new TargetStatus(
                key.targetGroupArn(),
                key.targetId(),
                instanceId,
                version,
                target.cluster(),
                target.taskId(),
                health.state(),
                health.reason(),
                health.description(),
                changedAt,
                target.host(),
                target.port(),
                null));
  }

  @Override
  public void forget(TargetKey key) {
    out.delete(recordKey(key), key.targetGroupArn());
  }

  private String recordKey(TargetKey key) {
    return Keys.targetStatus(key.targetGroupArn(), key.targetId(), instanceId);
  }
}
