package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.ShapeRecords;
import dev.berth.api.application.Page;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.service.DescribeServiceDeployments;
import dev.berth.api.application.service.DescribeServiceDeployments.CreatedAt;
import dev.berth.api.application.service.StopServiceDeployment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ContinueServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.ContinueServiceDeploymentResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsResponse;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentResponse;

/** Service deployments and service revisions. */
@ApplicationScoped
public class ServiceDeploymentHandlers implements EcsHandlers {
  private static final int USUAL_PAGE = 20;

  private final DescribeServiceDeployments describe;
  private final StopServiceDeployment stop;
  private final ShapeRecords records;
  private final EcsNames names;

  public ServiceDeploymentHandlers(
      DescribeServiceDeployments describe,
      StopServiceDeployment stop,
      ShapeRecords records,
      EcsNames names) {
    this.describe = describe;
    this.stop = stop;
    this.records = records;
    this.names = names;
  }

  @Override
  public void register(Registry registry) {
    registry.on(
        ListServiceDeploymentsRequest.class,
        request -> names.service(request.cluster(), request.service()),
        this::list);
    registry.on(
        DescribeServiceDeploymentsRequest.class,
        DescribeServiceDeploymentsRequest::serviceDeploymentArns,
        this::describe);
    registry.on(
        DescribeServiceRevisionsRequest.class,
        DescribeServiceRevisionsRequest::serviceRevisionArns,
        this::revisions);
    registry.on(
        StopServiceDeploymentRequest.class,
        request -> arn(request.serviceDeploymentArn()),
        this::stop);
    registry.refused(
        ContinueServiceDeploymentRequest.class,
        request -> arn(request.serviceDeploymentArn()),
        this::proceed,
        "Deployments have no hooks to pause at yet.");
  }

  private static List<String> arn(String arn) {
    return arn == null ? List.of("*") : List.of(arn);
  }

  private Uni<ListServiceDeploymentsResponse> list(
      ListServiceDeploymentsRequest request, Caller caller) {
    return describe
        .list(
            names.cluster(request.cluster()),
            Required.member("service", request.service()),
            request.statusAsStrings(),
            request.createdAt() == null
                ? null
                : new CreatedAt(request.createdAt().after(), request.createdAt().before()),
            Page.Request.of(
                request.maxResults() == null ? USUAL_PAGE : request.maxResults(),
                request.nextToken()))
        .map(
            page ->
                ListServiceDeploymentsResponse.builder()
                    .serviceDeployments(
                        page.items().stream()
                            .map(
                                one ->
                                    records.shape(
                                        one,
                                        ServiceDeploymentBrief.builder(),
                                        ServiceDeploymentBrief.class))
                            .toList())
                    .nextToken(page.nextToken())
                    .build());
  }

  private Uni<DescribeServiceDeploymentsResponse> describe(
      DescribeServiceDeploymentsRequest request, Caller caller) {
    return describe
        .describe(request.serviceDeploymentArns())
        .map(
            found ->
                DescribeServiceDeploymentsResponse.builder()
                    .serviceDeployments(
                        found.items().stream()
                            .map(
                                one ->
                                    records.shape(
                                        one, ServiceDeployment.builder(), ServiceDeployment.class))
                            .toList())
                    .failures(EcsFailures.of(found))
                    .build());
  }

  private Uni<DescribeServiceRevisionsResponse> revisions(
      DescribeServiceRevisionsRequest request, Caller caller) {
    return describe
        .revisions(request.serviceRevisionArns())
        .map(
            found ->
                DescribeServiceRevisionsResponse.builder()
                    .serviceRevisions(
                        found.items().stream()
                            .map(
                                one ->
                                    records.shape(
                                        one, ServiceRevision.builder(), ServiceRevision.class))
                            .toList())
                    .failures(EcsFailures.of(found))
                    .build());
  }

  private Uni<StopServiceDeploymentResponse> stop(
      StopServiceDeploymentRequest request, Caller caller) {
    return stop.stop(
            Required.member("serviceDeploymentArn", request.serviceDeploymentArn()),
            request.stopTypeAsString())
        .map(arn -> StopServiceDeploymentResponse.builder().serviceDeploymentArn(arn).build());
  }

  private Uni<ContinueServiceDeploymentResponse> proceed(
      ContinueServiceDeploymentRequest request, Caller caller) {
    return stop.proceed(Required.member("serviceDeploymentArn", request.serviceDeploymentArn()))
        .map(arn -> ContinueServiceDeploymentResponse.builder().serviceDeploymentArn(arn).build());
  }
}
