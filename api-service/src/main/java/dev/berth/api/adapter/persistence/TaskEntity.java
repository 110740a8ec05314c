package dev.berth.api.adapter.persistence;

import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code tasks}; the verdict and seen columns are written by the folds only. */
@Entity(name = "Task")
@Table(name = "tasks")
public class TaskEntity {

  @Id public String id;
  public String cluster;
  public String family;

  @Column(name = "task_definition_arn")
  public String taskDefinitionArn;

  @Column(name = "service_name")
  public String serviceName;

  @Column(name = "service_id")
  public String serviceId;

  @Column(name = "deployment_id")
  public String deploymentId;

  @Column(name = "task_group")
  public String taskGroup;

  @Column(name = "started_by")
  public String startedBy;

  @Column(name = "container_instance_id")
  public String containerInstanceId;

  @Enumerated(EnumType.STRING)
  @Column(name = "desired_status")
  public TaskLifecycle desiredStatus;

  @Enumerated(EnumType.STRING)
  @Column(name = "last_status", updatable = false)
  public TaskLifecycle lastStatus;

  public long version;

  @JdbcTypeCode(SqlTypes.JSON)
  public TaskDesired desired;

  @Column(name = "verdict_version", insertable = false, updatable = false)
  public long verdictVersion;

  @Column(insertable = false, updatable = false)
  @JdbcTypeCode(SqlTypes.JSON)
  public TaskVerdict verdict;

  @Column(name = "seen_version", insertable = false, updatable = false)
  public long seenVersion;

  @Column(insertable = false, updatable = false)
  @JdbcTypeCode(SqlTypes.JSON)
  public TaskStatus seen;

  @JdbcTypeCode(SqlTypes.JSON)
  public TagsDocument tags;

  /** Computed by PostgreSQL from the verdict or the wish. */
  @Column(name = "launch_type", insertable = false, updatable = false)
  public String launchType;

  @Column(name = "created_at")
  public Instant createdAt;

  @Column(name = "stopped_at", updatable = false)
  public Instant stoppedAt;

  /** Computed by PostgreSQL from the verdict. */
  @Column(insertable = false, updatable = false)
  public boolean refused;
}
