package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.application.Page;
import dev.berth.api.application.instance.ChangeContainerInstance;
import dev.berth.api.application.instance.DescribeContainerInstances;
import dev.berth.api.application.instance.RegisterContainerInstance;
import dev.berth.api.domain.instance.ContainerInstanceDescription;
import dev.berth.api.domain.instance.InstanceRegistration;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.taskdef.Attribute;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Container instances of a cluster. */
@Path("/v1/clusters/{cluster}/container-instances")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Container instances")
public class ContainerInstancesResource {
  /** A page of container instances. */
  public record ContainerInstanceList(
      @JsonInclude(JsonInclude.Include.ALWAYS)
          List<ContainerInstanceDescription> containerInstances,
      String nextToken) {}

  /** A wanted status: ACTIVE or DRAINING. */
  public record StatusRequest(InstanceStatusName status) {}

  private final RegisterContainerInstance registerContainerInstance;
  private final DescribeContainerInstances describeContainerInstances;
  private final ChangeContainerInstance changeContainerInstance;

  public ContainerInstancesResource(
      RegisterContainerInstance registerContainerInstance,
      DescribeContainerInstances describeContainerInstances,
      ChangeContainerInstance changeContainerInstance) {
    this.registerContainerInstance = registerContainerInstance;
    this.describeContainerInstances = describeContainerInstances;
    this.changeContainerInstance = changeContainerInstance;
  }

  @GET
  @Operation(
      operationId = "listContainerInstances",
      summary = "List the container instances that aren't INACTIVE, or those of a status",
      description = "With filter, those that fulfil a query in the cluster query language only.")
  public Uni<ContainerInstanceList> list(
      @RestPath String cluster,
      @RestQuery String filter,
      @RestQuery String status,
      @RestQuery Integer maxResults,
      @RestQuery String nextToken) {
    return describeContainerInstances
        .list(cluster, filter, status, Page.Request.of(maxResults, nextToken))
        .map(page -> new ContainerInstanceList(page.items(), page.nextToken()));
  }

  @POST
  @ResponseStatus(201)
  @Operation(
      operationId = "registerContainerInstance",
      summary = "Register a machine before its node runs",
      description =
          "A node started with the ARN answered (berth.node.container-instance-arn) is this container"
              + " instance. Nodes without one register by themselves.")
  public Uni<ContainerInstanceDescription> register(
      @RestPath String cluster, InstanceRegistration request) {
    return registerContainerInstance.register(cluster, request);
  }

  @GET
  @Path("{containerInstance}")
  @Operation(operationId = "describeContainerInstance", summary = "Describe a container instance")
  public Uni<ContainerInstanceDescription> describe(
      @RestPath String cluster, @RestPath String containerInstance) {
    return describeContainerInstances.describe(cluster, containerInstance);
  }

  @PATCH
  @Path("{containerInstance}")
  @Operation(
      operationId = "updateContainerInstance",
      summary = "Drain or activate a container instance",
      description = "The tasks of services on a draining instance are replaced elsewhere.")
  public Uni<ContainerInstanceDescription> update(
      @RestPath String cluster, @RestPath String containerInstance, StatusRequest request) {
    return changeContainerInstance.status(cluster, containerInstance, request.status());
  }

  @DELETE
  @Path("{containerInstance}")
  @Operation(
      operationId = "deregisterContainerInstance",
      summary = "Deregister a container instance",
      description = "Refused while it has tasks, unless forced.")
  public Uni<ContainerInstanceDescription> deregister(
      @RestPath String cluster,
      @RestPath String containerInstance,
      @RestQuery @DefaultValue("false") boolean force) {
    return changeContainerInstance.deregister(cluster, containerInstance, force);
  }

  @PUT
  @Path("{containerInstance}/attributes")
  @Operation(operationId = "putAttributes", summary = "Give a container instance attributes")
  public Uni<ContainerInstanceDescription> putAttributes(
      @RestPath String cluster, @RestPath String containerInstance, List<Attribute> attributes) {
    return changeContainerInstance.putAttributes(cluster, containerInstance, attributes);
  }

  @DELETE
  @Path("{containerInstance}/attributes/{name}")
  @Operation(
      operationId = "deleteAttribute",
      summary = "Take an attribute that was given to a container instance away")
  public Uni<ContainerInstanceDescription> deleteAttribute(
      @RestPath String cluster, @RestPath String containerInstance, @RestPath String name) {
    return changeContainerInstance.deleteAttribute(cluster, containerInstance, name);
  }
}
