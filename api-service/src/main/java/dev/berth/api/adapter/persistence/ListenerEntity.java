package dev.berth.api.adapter.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code listeners}. */
@Entity(name = "Listener")
@Table(name = "listeners")
public class ListenerEntity {

  @Id public String arn;

  @Column(name = "load_balancer")
  public String loadBalancer;

  public String protocol;
  public int port;

  @Column(name = "target_group")
  public String targetGroup;

  @Column(name = "created_at")
  public Instant createdAt;
}
