package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.adapter.aws.ShapeRecords;
import dev.berth.api.application.service.ChangeTaskSets;
import dev.berth.api.application.service.DescribeTaskSets;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.service.TaskSetDescription;
import dev.berth.api.domain.service.TaskSetRequest;
import dev.berth.contracts.service.Scale;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetRequest;

/** The task sets of a service with the EXTERNAL deployment controller. */
@Path("/v1/clusters/{cluster}/services/{service}/task-sets")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Task sets")
public class TaskSetsResource {
  private static final String CREATE =
      """
      {"taskDefinition": "web:2", "scale": {"value": 50, "unit": "PERCENT"}}""";

  /** A service's task sets. */
  public record TaskSetList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<TaskSetDescription> taskSets) {}

  /** Another share of the service's desired count. */
  public record TaskSetUpdate(Scale scale) {}

  private final ChangeTaskSets changes;
  private final DescribeTaskSets describe;
  private final ShapeRecords records;

  public TaskSetsResource(ChangeTaskSets changes, DescribeTaskSets describe, ShapeRecords records) {
    this.changes = changes;
    this.describe = describe;
    this.records = records;
  }

  @POST
  @ResponseStatus(201)
  @Operation(operationId = "createTaskSet", summary = "Create a task set")
  public Uni<TaskSetDescription> create(
      @RestPath String cluster,
      @RestPath String service,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      examples = @ExampleObject(name = "half of the service", value = CREATE)))
          TaskSetRequest request) {
    records.fits(request, CreateTaskSetRequest.builder());
    return changes.create(cluster, service, request);
  }

  @GET
  @Operation(operationId = "listTaskSets", summary = "Describe all task sets of a service")
  public Uni<TaskSetList> list(@RestPath String cluster, @RestPath String service) {
    return describe
        .describe(cluster, service, List.of())
        .map(found -> new TaskSetList(found.items()));
  }

  @GET
  @Path("{taskSet:.+}")
  @Operation(operationId = "describeTaskSet", summary = "Describe a task set by id or ARN")
  public Uni<TaskSetDescription> describe(
      @RestPath String cluster, @RestPath String service, @RestPath String taskSet) {
    return describe
        .describe(cluster, service, List.of(taskSet))
        .map(
            found ->
                found.items().stream()
                    .findFirst()
                    .orElseThrow(
                        () ->
                            ProblemException.notFound(
                                "TaskSetNotFoundException", "There is no such task set.")));
  }

  @PATCH
  @Path("{taskSet:.+}")
  @Operation(operationId = "updateTaskSet", summary = "Scale a task set")
  public Uni<TaskSetDescription> update(
      @RestPath String cluster,
      @RestPath String service,
      @RestPath String taskSet,
      TaskSetUpdate update) {
    return changes.scale(cluster, service, taskSet, update.scale());
  }

  @PUT
  @Path("{taskSet:.+}/primary")
  @Operation(
      operationId = "updateServicePrimaryTaskSet",
      summary = "Make a task set the PRIMARY one of its service")
  public Uni<TaskSetDescription> promote(
      @RestPath String cluster, @RestPath String service, @RestPath String taskSet) {
    return changes.promote(cluster, service, taskSet);
  }

  @DELETE
  @Path("{taskSet:.+}")
  @Operation(
      operationId = "deleteTaskSet",
      summary = "Delete a task set",
      description = "Refused while it is scaled above 0, unless forced. It drains first.")
  public Uni<TaskSetDescription> delete(
      @RestPath String cluster,
      @RestPath String service,
      @RestPath String taskSet,
      @RestQuery @DefaultValue("false") boolean force) {
    return changes.delete(cluster, service, taskSet, force);
  }
}
