package dev.berth.api.adapter.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code load_balancers}. */
@Entity(name = "LoadBalancer")
@Table(name = "load_balancers")
public class LoadBalancerEntity {

  @Id public String name;
  public String arn;
  public long version;

  @Column(name = "installation_id")
  public String installationId;

  @Column(name = "dns_name")
  public String dnsName;

  @Column(name = "created_at")
  public Instant createdAt;
}
