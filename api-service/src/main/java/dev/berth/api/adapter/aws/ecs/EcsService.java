package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.AwsService;
import dev.berth.api.adapter.aws.ServiceModel;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Amazon ECS, API version 2014-11-13. */
public final class EcsService {
  public static final AwsService ECS =
      new AwsService(
          "ecs",
          AwsService.Protocol.JSON,
          "AmazonEC2ContainerServiceV20141113",
          ServiceModel.of(EcsClient.class));

  private EcsService() {}
}
