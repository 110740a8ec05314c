package dev.berth.api.adapter.persistence;

import dev.berth.api.domain.service.ServiceDeployment;
import dev.berth.api.domain.service.ServiceDeploymentStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code service_deployments}; use cases and folds write it, each with the row locked. */
@Entity(name = "ServiceDeployment")
@Table(name = "service_deployments")
public class ServiceDeploymentEntity {

  @Id public String arn;

  /** Given by PostgreSQL. */
  @Column(insertable = false, updatable = false)
  public long number;

  @Column(name = "service_id")
  public String serviceId;

  @Column(name = "deployment_id")
  public String deploymentId;

  @Enumerated(EnumType.STRING)
  public ServiceDeploymentStatus status;

  @JdbcTypeCode(SqlTypes.JSON)
  public ServiceDeployment document;

  @Column(name = "created_at")
  public Instant createdAt;

  @Column(name = "finished_at")
  public Instant finishedAt;
}
