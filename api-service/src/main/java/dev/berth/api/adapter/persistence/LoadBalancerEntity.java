package dev.berth.api.adapter.persistence;

import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code load_balancers}: the document without target groups and certificates. */
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

  @JdbcTypeCode(SqlTypes.JSON)
  public LoadBalancerDesired desired;

  @Column(name = "created_at")
  public Instant createdAt;
}
