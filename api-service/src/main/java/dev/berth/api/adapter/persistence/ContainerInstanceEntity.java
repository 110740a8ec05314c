package dev.berth.api.adapter.persistence;

import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code container_instances}. */
@Entity(name = "ContainerInstance")
@Table(name = "container_instances")
public class ContainerInstanceEntity {

  @Id public String id;
  public String cluster;

  @Enumerated(EnumType.STRING)
  public InstanceStatusName status;

  public long version;

  @JdbcTypeCode(SqlTypes.JSON)
  public ContainerInstanceDesired desired;

  @Column(name = "seen_version")
  public long seenVersion;

  @JdbcTypeCode(SqlTypes.JSON)
  public ContainerInstanceStatus seen;

  @Column(name = "heartbeat_at", updatable = false)
  public Instant heartbeatAt;

  @Column(name = "heartbeat_interval_millis", updatable = false)
  public Long heartbeatIntervalMillis;

  @Column(name = "docker_connected", updatable = false)
  public Boolean dockerConnected;

  @JdbcTypeCode(SqlTypes.JSON)
  public TagsDocument tags;

  @Column(name = "registered_at")
  public Instant registeredAt;

  @Column(name = "deregistered_at")
  public Instant deregisteredAt;
}
