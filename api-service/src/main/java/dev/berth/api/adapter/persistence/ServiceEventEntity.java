package dev.berth.api.adapter.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code service_events}. */
@Entity(name = "ServiceEvent")
@Table(name = "service_events")
public class ServiceEventEntity {

  @Id public String id;

  @Column(name = "service_id")
  public String serviceId;

  public String cluster;

  @Column(name = "service_name")
  public String serviceName;

  @Column(name = "event_type")
  public String eventType;

  @Column(name = "event_name")
  public String eventName;

  public String message;

  @Column(name = "deployment_id")
  public String deploymentId;

  @Column(name = "created_at")
  public Instant createdAt;
}
