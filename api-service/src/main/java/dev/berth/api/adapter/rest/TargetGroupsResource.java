package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.application.Page;
import dev.berth.api.application.loadbalancer.ChangeTargetGroups;
import dev.berth.api.application.loadbalancer.DescribeTargetGroups;
import dev.berth.api.domain.loadbalancer.TargetDescription;
import dev.berth.api.domain.loadbalancer.TargetGroupDescription;
import dev.berth.api.domain.loadbalancer.TargetGroupRequest;
import dev.berth.api.domain.loadbalancer.TargetHealthDescription;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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

/** Target groups and their targets. */
@Path("/v1/target-groups")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Target groups")
public class TargetGroupsResource {
  private static final String CREATE =
      """
      {
        "name": "web",
        "protocol": "HTTP",
        "port": 80,
        "healthCheckPath": "/health",
        "healthCheckIntervalSeconds": 5,
        "deregistrationDelaySeconds": 30
      }""";

  /** A page of target groups. */
  public record TargetGroupList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<TargetGroupDescription> targetGroups,
      String nextToken) {}

  /** The targets of a group with their health. */
  public record TargetHealthList(
      @JsonInclude(JsonInclude.Include.ALWAYS)
          List<TargetHealthDescription> targetHealthDescriptions) {}

  /** Targets by address. */
  public record TargetsRequest(List<TargetDescription> targets) {}

  private final ChangeTargetGroups changeTargetGroups;
  private final DescribeTargetGroups describeTargetGroups;

  public TargetGroupsResource(
      ChangeTargetGroups changeTargetGroups, DescribeTargetGroups describeTargetGroups) {
    this.changeTargetGroups = changeTargetGroups;
    this.describeTargetGroups = describeTargetGroups;
  }

  @POST
  @ResponseStatus(201)
  @Operation(operationId = "createTargetGroup", summary = "Create a target group")
  public Uni<TargetGroupDescription> create(
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      examples = @ExampleObject(name = "web", value = CREATE)))
          TargetGroupRequest request) {
    return changeTargetGroups.create(request);
  }

  @GET
  @Operation(operationId = "listTargetGroups", summary = "List the target groups")
  public Uni<TargetGroupList> list(@RestQuery Integer maxResults, @RestQuery String nextToken) {
    return describeTargetGroups
        .list(Page.Request.of(maxResults, nextToken))
        .map(page -> new TargetGroupList(page.items(), page.nextToken()));
  }

  @GET
  @Path("{targetGroup:.+}")
  @Operation(operationId = "describeTargetGroup", summary = "Describe a group by name or ARN")
  public Uni<TargetGroupDescription> describe(@RestPath String targetGroup) {
    return describeTargetGroups.describe(targetGroup);
  }

  @PATCH
  @Path("{targetGroup:.+}")
  @Operation(
      operationId = "modifyTargetGroup",
      summary = "Change a group's health check or deregistration delay")
  public Uni<TargetGroupDescription> update(
      @RestPath String targetGroup, TargetGroupRequest request) {
    return changeTargetGroups.update(targetGroup, request);
  }

  @DELETE
  @Path("{targetGroup:.+}")
  @Operation(
      operationId = "deleteTargetGroup",
      summary = "Delete a group that no listener and no service uses")
  public Uni<Void> delete(@RestPath String targetGroup) {
    return changeTargetGroups.delete(targetGroup);
  }

  @GET
  @Path("{targetGroup:.+}/targets")
  @Operation(operationId = "describeTargetHealth", summary = "A group's targets with their health")
  public Uni<TargetHealthList> targets(@RestPath String targetGroup) {
    return describeTargetGroups.health(targetGroup).map(TargetHealthList::new);
  }

  @POST
  @Path("{targetGroup:.+}/targets")
  @Operation(operationId = "registerTargets", summary = "Register targets by address")
  public Uni<Void> register(@RestPath String targetGroup, TargetsRequest request) {
    return changeTargetGroups.register(targetGroup, request.targets());
  }

  @DELETE
  @Path("{targetGroup:.+}/targets")
  @Operation(operationId = "deregisterTargets", summary = "Deregister targets by address")
  public Uni<Void> deregister(@RestPath String targetGroup, TargetsRequest request) {
    return changeTargetGroups.deregister(targetGroup, request.targets());
  }
}
