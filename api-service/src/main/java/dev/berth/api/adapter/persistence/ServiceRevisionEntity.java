package dev.berth.api.adapter.persistence;

import dev.berth.api.domain.service.ServiceRevision;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code service_revisions}; the folds add the digests of its images. */
@Entity(name = "ServiceRevision")
@Table(name = "service_revisions")
public class ServiceRevisionEntity {

  @Id public String arn;

  @Column(name = "service_id")
  public String serviceId;

  @Column(name = "deployment_id")
  public String deploymentId;

  @JdbcTypeCode(SqlTypes.JSON)
  public ServiceRevision document;

  @Column(name = "created_at")
  public Instant createdAt;
}
