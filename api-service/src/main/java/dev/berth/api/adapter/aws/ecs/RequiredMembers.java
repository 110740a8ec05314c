package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.AwsService;
import dev.berth.api.adapter.aws.OperationHandlers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAttributesRequest;
import software.amazon.awssdk.services.ecs.model.DeleteCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.ListAttributesRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesByNamespaceRequest;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.PutAttributesRequest;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.StartTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskSetRequest;

/**
 * Members that are marked "Required: Yes" in the Amazon ECS API Reference, by operation; the SDK's
 * shapes don't tell them. A list that is there but empty is the use case's business.
 */
@ApplicationScoped
public class RequiredMembers implements OperationHandlers {
  @Override
  public AwsService service() {
    return EcsService.ECS;
  }

  @Override
  public void register(Registry registry) {
    registry.required(
        RegisterTaskDefinitionRequest.class,
        "ClientException",
        List.of("family", "containerDefinitions"));
    need(registry, CreateCapacityProviderRequest.class, "name");
    need(registry, CreateServiceRequest.class, "serviceName");
    need(registry, CreateTaskSetRequest.class, "cluster", "service", "taskDefinition");
    need(registry, DeleteAccountSettingRequest.class, "name");
    need(registry, DeleteAttributesRequest.class, "attributes");
    need(registry, DeleteCapacityProviderRequest.class, "capacityProvider");
    need(registry, DeleteClusterRequest.class, "cluster");
    need(registry, DeleteServiceRequest.class, "service");
    need(registry, DeleteTaskDefinitionsRequest.class, "taskDefinitions");
    need(registry, DeleteTaskSetRequest.class, "cluster", "service", "taskSet");
    need(registry, DeregisterContainerInstanceRequest.class, "containerInstance");
    need(registry, DeregisterTaskDefinitionRequest.class, "taskDefinition");
    need(registry, DescribeContainerInstancesRequest.class, "containerInstances");
    need(registry, DescribeServiceDeploymentsRequest.class, "serviceDeploymentArns");
    need(registry, DescribeServiceRevisionsRequest.class, "serviceRevisionArns");
    need(registry, DescribeServicesRequest.class, "services");
    need(registry, DescribeTaskDefinitionRequest.class, "taskDefinition");
    need(registry, DescribeTasksRequest.class, "tasks");
    need(registry, DescribeTaskSetsRequest.class, "cluster", "service");
    need(registry, GetTaskProtectionRequest.class, "cluster");
    need(registry, ListAttributesRequest.class, "targetType");
    need(registry, ListServiceDeploymentsRequest.class, "service");
    need(registry, ListServicesByNamespaceRequest.class, "namespace");
    need(registry, ListTagsForResourceRequest.class, "resourceArn");
    need(registry, PutAccountSettingRequest.class, "name", "value");
    need(registry, PutAccountSettingDefaultRequest.class, "name", "value");
    need(registry, PutAttributesRequest.class, "attributes");
    need(
        registry,
        PutClusterCapacityProvidersRequest.class,
        "cluster",
        "capacityProviders",
        "defaultCapacityProviderStrategy");
    need(registry, RunTaskRequest.class, "taskDefinition");
    need(registry, StartTaskRequest.class, "containerInstances", "taskDefinition");
    need(registry, StopServiceDeploymentRequest.class, "serviceDeploymentArn");
    need(registry, StopTaskRequest.class, "task");
    need(registry, TagResourceRequest.class, "resourceArn", "tags");
    need(registry, UntagResourceRequest.class, "resourceArn", "tagKeys");
    need(registry, UpdateCapacityProviderRequest.class, "name");
    need(registry, UpdateClusterRequest.class, "cluster");
    need(registry, UpdateClusterSettingsRequest.class, "cluster", "settings");
    need(registry, UpdateContainerInstancesStateRequest.class, "containerInstances", "status");
    need(registry, UpdateServiceRequest.class, "service");
    need(
        registry, UpdateServicePrimaryTaskSetRequest.class, "cluster", "service", "primaryTaskSet");
    need(registry, UpdateTaskProtectionRequest.class, "cluster", "protectionEnabled");
    need(registry, UpdateTaskSetRequest.class, "cluster", "service", "taskSet", "scale");
  }

  private static void need(
      Registry registry, Class<? extends AwsRequest> request, String... members) {
    registry.required(request, "InvalidParameterException", List.of(members));
  }
}
