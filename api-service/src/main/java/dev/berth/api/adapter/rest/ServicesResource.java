package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.adapter.aws.ShapeRecords;
import dev.berth.api.application.Page;
import dev.berth.api.application.service.CreateService;
import dev.berth.api.application.service.DeleteService;
import dev.berth.api.application.service.DescribeServiceDeployments;
import dev.berth.api.application.service.DescribeServices;
import dev.berth.api.application.service.UpdateService;
import dev.berth.api.domain.service.ServiceDeploymentBrief;
import dev.berth.api.domain.service.ServiceDescription;
import dev.berth.api.domain.service.ServiceRequest;
import dev.berth.api.domain.service.ServiceUpdate;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Services of a cluster. */
@Path("/v1/clusters/{cluster}/services")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Services")
public class ServicesResource {
  private static final String CREATE =
      """
      {
        "serviceName": "web",
        "taskDefinition": "web",
        "desiredCount": 3,
        "loadBalancers": [
          {"targetGroupArn": "web", "containerName": "web", "containerPort": 80}
        ]
      }""";
  private static final String UPDATE =
      """
      {"taskDefinition": "web:2", "desiredCount": 5}""";

  /** A page of services. */
  public record ServiceList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<ServiceDescription> services,
      String nextToken) {}

  /** A service's events, newest first. */
  public record EventList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<ServiceDescription.Event> events) {}

  /** A page of service deployments, newest first. */
  public record ServiceDeploymentList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<ServiceDeploymentBrief> serviceDeployments,
      String nextToken) {}

  private final CreateService createService;
  private final DescribeServices describeServices;
  private final UpdateService updateService;
  private final DeleteService deleteService;
  private final DescribeServiceDeployments describeServiceDeployments;
  private final ShapeRecords records;

  public ServicesResource(
      CreateService createService,
      DescribeServices describeServices,
      UpdateService updateService,
      DeleteService deleteService,
      DescribeServiceDeployments describeServiceDeployments,
      ShapeRecords records) {
    this.createService = createService;
    this.describeServices = describeServices;
    this.updateService = updateService;
    this.deleteService = deleteService;
    this.describeServiceDeployments = describeServiceDeployments;
    this.records = records;
  }

  @POST
  @ResponseStatus(201)
  @Operation(operationId = "createService", summary = "Create a service")
  public Uni<ServiceDescription> create(
      @RestPath String cluster,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      examples = @ExampleObject(name = "web", value = CREATE)))
          ServiceRequest request) {
    records.fits(request, CreateServiceRequest.builder());
    return createService.create(cluster, request, null);
  }

  @GET
  @Operation(operationId = "listServices", summary = "List the services of a cluster")
  public Uni<ServiceList> list(
      @RestPath String cluster,
      @RestQuery String launchType,
      @RestQuery String schedulingStrategy,
      @RestQuery Integer maxResults,
      @RestQuery String nextToken) {
    return describeServices
        .list(cluster, launchType, schedulingStrategy, Page.Request.of(maxResults, nextToken))
        .map(page -> new ServiceList(page.items(), page.nextToken()));
  }

  @GET
  @Path("{service}")
  @Operation(
      operationId = "describeService",
      summary = "Describe a service with its deployments and newest events",
      description = "A deleted service can be described as INACTIVE for at least an hour.")
  public Uni<ServiceDescription> describe(@RestPath String cluster, @RestPath String service) {
    return describeServices.describe(cluster, service);
  }

  @PATCH
  @Path("{service}")
  @Operation(
      operationId = "updateService",
      summary = "Scale, change or deploy a service anew",
      description =
          "A new deployment is made, and shown as IN_PROGRESS from this answer on, when what the"
              + " tasks are changes, or with forceNewDeployment.")
  public Uni<ServiceDescription> update(
      @RestPath String cluster,
      @RestPath String service,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      examples = @ExampleObject(name = "roll out and scale", value = UPDATE)))
          ServiceUpdate update) {
    records.fits(update, UpdateServiceRequest.builder());
    return updateService.update(cluster, service, update);
  }

  @DELETE
  @Path("{service}")
  @Operation(
      operationId = "deleteService",
      summary = "Delete a service",
      description = "Refused while it wants tasks, unless forced. It drains, then is INACTIVE.")
  public Uni<ServiceDescription> delete(
      @RestPath String cluster,
      @RestPath String service,
      @RestQuery @DefaultValue("false") boolean force) {
    return deleteService.delete(cluster, service, force);
  }

  @GET
  @Path("{service}/events")
  @Operation(operationId = "listServiceEvents", summary = "A service's newest hundred events")
  public Uni<EventList> events(@RestPath String cluster, @RestPath String service) {
    return describeServices
        .describe(cluster, service)
        .map(description -> new EventList(description.events()));
  }

  @GET
  @Path("{service}/deployments")
  @Operation(
      operationId = "listServiceDeployments",
      summary = "List a service's deployments, newest first",
      description = "With status, those in one of these states only.")
  public Uni<ServiceDeploymentList> deployments(
      @RestPath String cluster,
      @RestPath String service,
      @RestQuery List<String> status,
      @RestQuery Integer maxResults,
      @RestQuery String nextToken) {
    return describeServiceDeployments
        .list(cluster, service, status, null, Page.Request.of(maxResults, nextToken))
        .map(page -> new ServiceDeploymentList(page.items(), page.nextToken()));
  }
}
