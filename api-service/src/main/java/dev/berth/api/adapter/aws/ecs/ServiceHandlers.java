package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.ShapeRecords;
import dev.berth.api.application.Described;
import dev.berth.api.application.Page;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.service.CreateService;
import dev.berth.api.application.service.DeleteService;
import dev.berth.api.application.service.DescribeServices;
import dev.berth.api.application.service.UpdateService;
import dev.berth.api.domain.service.ServiceDescription;
import dev.berth.api.domain.service.ServiceRequest;
import dev.berth.api.domain.service.ServiceUpdate;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.ListServicesByNamespaceRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesByNamespaceResponse;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** Services. */
@ApplicationScoped
public class ServiceHandlers implements EcsHandlers {
  private static final int USUAL_PAGE = 10;

  private final CreateService create;
  private final UpdateService update;
  private final DeleteService delete;
  private final DescribeServices describe;
  private final ShapeRecords records;
  private final EcsNames names;

  public ServiceHandlers(
      CreateService create,
      UpdateService update,
      DeleteService delete,
      DescribeServices describe,
      ShapeRecords records,
      EcsNames names) {
    this.create = create;
    this.update = update;
    this.delete = delete;
    this.describe = describe;
    this.records = records;
    this.names = names;
  }

  @Override
  public void register(Registry registry) {
    registry.on(
        CreateServiceRequest.class,
        request -> names.service(request.cluster(), request.serviceName()),
        this::create);
    registry.on(
        UpdateServiceRequest.class,
        request -> names.service(request.cluster(), request.service()),
        this::update);
    registry.on(
        DeleteServiceRequest.class,
        request -> names.service(request.cluster(), request.service()),
        this::delete);
    registry.on(
        DescribeServicesRequest.class,
        request -> names.services(request.cluster(), request.services()),
        this::describe);
    registry.on(ListServicesRequest.class, this::list);
    registry.on(ListServicesByNamespaceRequest.class, this::listByNamespace);
  }

  private Uni<CreateServiceResponse> create(CreateServiceRequest request, Caller caller) {
    return create
        .create(
            names.cluster(request.cluster()),
            records.record(request, ServiceRequest.class),
            caller.arn())
        .map(made -> CreateServiceResponse.builder().service(shape(made, true)).build());
  }

  private Uni<UpdateServiceResponse> update(UpdateServiceRequest request, Caller caller) {
    return update
        .update(
            names.cluster(request.cluster()),
            Required.member("service", request.service()),
            records.record(request, ServiceUpdate.class))
        .map(changed -> UpdateServiceResponse.builder().service(shape(changed, true)).build());
  }

  private Uni<DeleteServiceResponse> delete(DeleteServiceRequest request, Caller caller) {
    return delete
        .delete(
            names.cluster(request.cluster()),
            Required.member("service", request.service()),
            Boolean.TRUE.equals(request.force()))
        .map(gone -> DeleteServiceResponse.builder().service(shape(gone, true)).build());
  }

  private Uni<DescribeServicesResponse> describe(DescribeServicesRequest request, Caller caller) {
    boolean tags =
        Includes.of(request.include(), request.includeAsStrings(), ServiceField.class)
            .contains(ServiceField.TAGS);
    return describe
        .describe(names.cluster(request.cluster()), request.services())
        .map(found -> answer(found, tags));
  }

  private DescribeServicesResponse answer(Described<ServiceDescription> found, boolean tags) {
    return DescribeServicesResponse.builder()
        .services(found.items().stream().map(one -> shape(one, tags)).toList())
        .failures(EcsFailures.of(found))
        .build();
  }

  private Uni<ListServicesResponse> list(ListServicesRequest request, Caller caller) {
    return describe
        .list(
            names.cluster(request.cluster()),
            request.launchTypeAsString(),
            request.schedulingStrategyAsString(),
            page(request.maxResults(), request.nextToken()))
        .map(
            page ->
                ListServicesResponse.builder()
                    .serviceArns(page.items().stream().map(ServiceDescription::serviceArn).toList())
                    .nextToken(page.nextToken())
                    .build());
  }

  private Uni<ListServicesByNamespaceResponse> listByNamespace(
      ListServicesByNamespaceRequest request, Caller caller) {
    return describe
        .listByNamespace(request.namespace(), page(request.maxResults(), request.nextToken()))
        .map(
            page ->
                ListServicesByNamespaceResponse.builder()
                    .serviceArns(page.items())
                    .nextToken(page.nextToken())
                    .build());
  }

  private Service shape(ServiceDescription description, boolean tags) {
    return records.shape(description, Service.builder(), Service.class, tags);
  }

  private static Page.Request page(Integer maxResults, String nextToken) {
    return Page.Request.of(maxResults == null ? USUAL_PAGE : maxResults, nextToken);
  }
}
