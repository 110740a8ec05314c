package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.AwsService;
import dev.berth.api.adapter.aws.OperationHandlers;

/** Operations of Amazon ECS. */
interface EcsHandlers extends OperationHandlers {
  @Override
  default AwsService service() {
    return EcsService.ECS;
  }
}
