package dev.berth.api.adapter.aws.ecs;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.ecs.model.CreateDaemonRequest;
import software.amazon.awssdk.services.ecs.model.CreateExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteDaemonRequest;
import software.amazon.awssdk.services.ecs.model.DeleteDaemonTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeleteExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.DescribeDaemonDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeDaemonRequest;
import software.amazon.awssdk.services.ecs.model.DescribeDaemonRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeDaemonTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeExpressGatewayServiceRequest;
import software.amazon.awssdk.services.ecs.model.DiscoverPollEndpointRequest;
import software.amazon.awssdk.services.ecs.model.ListDaemonDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListDaemonTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListDaemonsRequest;
import software.amazon.awssdk.services.ecs.model.RegisterDaemonTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.SubmitAttachmentStateChangesRequest;
import software.amazon.awssdk.services.ecs.model.SubmitContainerStateChangeRequest;
import software.amazon.awssdk.services.ecs.model.SubmitTaskStateChangeRequest;
import software.amazon.awssdk.services.ecs.model.UpdateDaemonRequest;
import software.amazon.awssdk.services.ecs.model.UpdateExpressGatewayServiceRequest;

/** Why some operations of Amazon ECS aren't carried out, those that nothing looks at. */
@ApplicationScoped
public class UnsupportedOperations implements EcsHandlers {
  private static final List<Class<? extends AwsRequest>> OF_THE_AGENT =
      List.of(
          DiscoverPollEndpointRequest.class,
          SubmitAttachmentStateChangesRequest.class,
          SubmitContainerStateChangeRequest.class,
          SubmitTaskStateChangeRequest.class);
  private static final List<Class<? extends AwsRequest>> OF_GATEWAYS =
      List.of(
          CreateExpressGatewayServiceRequest.class,
          DeleteExpressGatewayServiceRequest.class,
          DescribeExpressGatewayServiceRequest.class,
          UpdateExpressGatewayServiceRequest.class);
  private static final List<Class<? extends AwsRequest>> OF_DAEMONS =
      List.of(
          CreateDaemonRequest.class,
          DeleteDaemonRequest.class,
          DeleteDaemonTaskDefinitionRequest.class,
          DescribeDaemonRequest.class,
          DescribeDaemonDeploymentsRequest.class,
          DescribeDaemonRevisionsRequest.class,
          DescribeDaemonTaskDefinitionRequest.class,
          ListDaemonsRequest.class,
          ListDaemonDeploymentsRequest.class,
          ListDaemonTaskDefinitionsRequest.class,
          RegisterDaemonTaskDefinitionRequest.class,
          UpdateDaemonRequest.class);

  @Override
  public void register(Registry registry) {
    OF_THE_AGENT.forEach(
        request ->
            registry.unsupported(
                request, "Nodes report over Kafka: there is no container agent to speak to."));
    OF_GATEWAYS.forEach(
        request ->
            registry.unsupported(
                request,
                "Create the service, the target group and the load balancer one by one instead."));
    OF_DAEMONS.forEach(
        request ->
            registry.unsupported(
                request,
                "Daemons are for managed instances: create a service with the scheduling strategy"
                    + " DAEMON instead."));
  }
}
