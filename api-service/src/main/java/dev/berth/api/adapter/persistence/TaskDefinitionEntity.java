package dev.berth.api.adapter.persistence;

import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.TaskDefinitionStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code task_definitions}. */
@Entity(name = "TaskDefinition")
@Table(name = "task_definitions")
public class TaskDefinitionEntity {

  @Id public String arn;
  public String family;
  public int revision;

  @Enumerated(EnumType.STRING)
  public TaskDefinitionStatus status;

  @JdbcTypeCode(SqlTypes.JSON)
  public TaskDefinition definition;

  @JdbcTypeCode(SqlTypes.JSON)
  public TagsDocument tags;

  @Column(name = "registered_at")
  public Instant registeredAt;
}
