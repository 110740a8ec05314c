package dev.berth.api.adapter.persistence;

import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code target_groups}, with the targets registered by hand. */
@Entity(name = "TargetGroup")
@Table(name = "target_groups")
public class TargetGroupEntity {

  @Id public String name;
  public String arn;

  @Column(name = "target_type")
  public String targetType;

  @JdbcTypeCode(SqlTypes.JSON)
  public TargetGroupDesired desired;

  @Column(name = "created_at")
  public Instant createdAt;
}
