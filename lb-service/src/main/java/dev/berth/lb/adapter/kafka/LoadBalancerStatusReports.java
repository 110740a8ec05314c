package dev.berth.lb.adapter.kafka;

import dev.berth.contracts.Keys;
import dev.berth.contracts.loadbalancer.ListenerStatus;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerStatus;
import dev.berth.lb.application.LoadBalancerReports;
import java.time.Instant;
import java.util.List;

/** Writes the load balancers' status to {@code berth.load-balancer.status.v1}. */
public final class LoadBalancerStatusReports implements LoadBalancerReports {
  private final String instanceId;
  private final NewestRecords out;

  /**
   * @param instanceId the lb-service that speaks
   */
  public LoadBalancerStatusReports(String instanceId, NewestRecords out) {
    this.instanceId = instanceId;
    this.out = out;
  }

  @Override
  public void report(
      LoadBalancerDesired balancer, List<ListenerStatus> listeners, Instant changedAt) {
    String arn = balancer.loadBalancerArn();
    out.write(
        Keys.loadBalancerStatus(arn, instanceId),
        arn,
        version ->
            new LoadBalancerStatus(
                arn, balancer.loadBalancerName(), instanceId, version, listeners, changedAt));
  }

  @Override
  public void forget(String loadBalancerArn) {
    out.delete(Keys.loadBalancerStatus(loadBalancerArn, instanceId), loadBalancerArn);
  }
}
