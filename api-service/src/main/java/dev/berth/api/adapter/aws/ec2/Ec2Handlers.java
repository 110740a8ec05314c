package dev.berth.api.adapter.aws.ec2;

import dev.berth.api.adapter.aws.AwsService;
import dev.berth.api.adapter.aws.OperationHandlers;

/** Operations of Amazon EC2. */
interface Ec2Handlers extends OperationHandlers {
  @Override
  default AwsService service() {
    return Ec2Service.EC2;
  }
}
