package dev.berth.api.adapter.persistence;

import dev.berth.api.domain.cluster.ClusterExtras;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code clusters}. */
@Entity(name = "Cluster")
@Table(name = "clusters")
public class ClusterEntity {

  @Id public String name;

  @Enumerated(EnumType.STRING)
  public ClusterStatus status;

  public long version;

  @JdbcTypeCode(SqlTypes.JSON)
  public ClusterDesired desired;

  @JdbcTypeCode(SqlTypes.JSON)
  public ClusterExtras extras;

  @Column(name = "created_at")
  public Instant createdAt;
}
