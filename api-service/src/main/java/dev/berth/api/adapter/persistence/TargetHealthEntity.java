package dev.berth.api.adapter.persistence;

import dev.berth.contracts.loadbalancer.TargetHealthState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code target_health}. */
@Entity(name = "TargetHealth")
@Table(name = "target_health")
@IdClass(TargetHealthEntity.Key.class)
public class TargetHealthEntity {
  /** The key: a target as one lb-service sees it. */
  public record Key(String targetGroupArn, String targetId, String lbInstanceId) {}

  @Id
  @Column(name = "target_group_arn")
  public String targetGroupArn;

  @Id
  @Column(name = "target_id")
  public String targetId;

  @Id
  @Column(name = "lb_instance_id")
  public String lbInstanceId;

  public long version;

  @Column(name = "task_id")
  public String taskId;

  @Enumerated(EnumType.STRING)
  public TargetHealthState state;

  public String reason;
  public String description;

  @Column(name = "changed_at")
  public Instant changedAt;

  public String host;
  public Integer port;

  @Column(name = "availability_zone")
  public String availabilityZone;
}
