package dev.berth.api.adapter.persistence;

import dev.berth.api.domain.service.ServiceOptions;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code services}; the seen columns are written by the folds only. */
@Entity(name = "Service")
@Table(name = "services")
public class ServiceEntity {

  @Id public String id;
  public String cluster;
  public String name;

  @Enumerated(EnumType.STRING)
  public ServiceStatusName status;

  public long version;

  @JdbcTypeCode(SqlTypes.JSON)
  public ServiceDesired desired;

  @JdbcTypeCode(SqlTypes.JSON)
  public ServiceOptions options;

  @Column(name = "seen_version", insertable = false, updatable = false)
  public long seenVersion;

  @Column(insertable = false, updatable = false)
  @JdbcTypeCode(SqlTypes.JSON)
  public ServiceStatus seen;

  @Column(name = "created_at")
  public Instant createdAt;

  @Column(name = "deleted_at")
  public Instant deletedAt;
}
