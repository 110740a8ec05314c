package dev.berth.api.adapter.persistence;

import dev.berth.contracts.loadbalancer.LoadBalancerStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code load_balancer_status}. */
@Entity(name = "LoadBalancerStatus")
@Table(name = "load_balancer_status")
@IdClass(LoadBalancerStatusEntity.Key.class)
public class LoadBalancerStatusEntity {
  /** The key: a load balancer as one lb-service serves it. */
  public record Key(String loadBalancerArn, String lbInstanceId) {}

  @Id
  @Column(name = "load_balancer_arn")
  public String loadBalancerArn;

  @Id
  @Column(name = "lb_instance_id")
  public String lbInstanceId;

  public long version;

  @JdbcTypeCode(SqlTypes.JSON)
  public LoadBalancerStatus status;
}
