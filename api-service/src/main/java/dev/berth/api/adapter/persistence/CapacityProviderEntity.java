package dev.berth.api.adapter.persistence;

import dev.berth.contracts.cluster.CapacityProvider;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code capacity_providers}. */
@Entity(name = "CapacityProvider")
@Table(name = "capacity_providers")
public class CapacityProviderEntity {

  @Id public String name;
  public String status;

  @Column(name = "update_status")
  public String updateStatus;

  @JdbcTypeCode(SqlTypes.JSON)
  public CapacityProvider provider;

  @JdbcTypeCode(SqlTypes.JSON)
  public TagsDocument tags;

  @Column(name = "created_at")
  public Instant createdAt;
}
