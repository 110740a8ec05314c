package dev.berth.api.adapter.aws.elbv2;

import dev.berth.api.adapter.aws.AwsService;
import dev.berth.api.adapter.aws.ServiceModel;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Elastic Load Balancing, API version 2015-12-01. */
public final class LoadBalancingService {
  public static final AwsService ELASTIC_LOAD_BALANCING =
      new AwsService(
          "elasticloadbalancing",
          AwsService.Protocol.QUERY,
          "2015-12-01",
          ServiceModel.of(ElasticLoadBalancingV2Client.class));

  private LoadBalancingService() {}
}
