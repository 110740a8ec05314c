package dev.berth.api.adapter.aws.elbv2;

import dev.berth.api.adapter.aws.AwsService;
import dev.berth.api.adapter.aws.OperationHandlers;

/** Operations of Elastic Load Balancing. */
interface LoadBalancingHandlers extends OperationHandlers {
  @Override
  default AwsService service() {
    return LoadBalancingService.ELASTIC_LOAD_BALANCING;
  }
}
