package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.berth.api.application.Page;
import dev.berth.api.application.taskdefinition.DeregisterTaskDefinition;
import dev.berth.api.application.taskdefinition.DescribeTaskDefinitions;
import dev.berth.api.application.taskdefinition.RegisterTaskDefinition;
import dev.berth.api.domain.taskdefinition.RegisteredTaskDefinition;
import dev.berth.api.domain.taskdefinition.TaskDefinitionRequest;
import dev.berth.contracts.taskdef.TaskDefinition;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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

/** Task definitions. */
@Path("/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Task definitions")
public class TaskDefinitionsResource {
  private static final String EXAMPLE =
      """
      {
        "family": "web",
        "containerDefinitions": [
          {
            "name": "web",
            "image": "nginx:stable",
            "memory": 64,
            "portMappings": [{"containerPort": 80}]
          }
        ]
      }""";

  /** A revision with its tags. */
  public record TaskDefinitionAnswer(
      @JsonUnwrapped TaskDefinition definition, List<dev.berth.contracts.taskdef.Tag> tags) {
    static TaskDefinitionAnswer of(RegisteredTaskDefinition revision) {
      return new TaskDefinitionAnswer(revision.definition(), revision.tags());
    }
  }

  /** A page of revisions. */
  public record TaskDefinitionList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<TaskDefinitionAnswer> taskDefinitions,
      String nextToken) {}

  /** A page of families. */
  public record FamilyList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<String> families, String nextToken) {}

  private final RegisterTaskDefinition registerTaskDefinition;
  private final DescribeTaskDefinitions describeTaskDefinitions;
  private final DeregisterTaskDefinition deregisterTaskDefinition;

  public TaskDefinitionsResource(
      RegisterTaskDefinition registerTaskDefinition,
      DescribeTaskDefinitions describeTaskDefinitions,
      DeregisterTaskDefinition deregisterTaskDefinition) {
    this.registerTaskDefinition = registerTaskDefinition;
    this.describeTaskDefinitions = describeTaskDefinitions;
    this.deregisterTaskDefinition = deregisterTaskDefinition;
  }

  @POST
  @Path("task-definitions")
  @ResponseStatus(201)
  @Operation(
      operationId = "registerTaskDefinition",
      summary = "Register a revision of a task definition",
      description = "The body is that of ECS's RegisterTaskDefinition.")
  public Uni<TaskDefinitionAnswer> register(
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      examples = @ExampleObject(name = "web", value = EXAMPLE)))
          TaskDefinitionRequest request) {
    return registerTaskDefinition.register(request).map(TaskDefinitionAnswer::of);
  }

  @GET
  @Path("task-definitions")
  @Operation(
      operationId = "listTaskDefinitions",
      summary = "List revisions, those that are ACTIVE unless asked otherwise")
  public Uni<TaskDefinitionList> list(
      @RestQuery String familyPrefix,
      @RestQuery String status,
      @RestQuery String sort,
      @RestQuery Integer maxResults,
      @RestQuery String nextToken) {
    return describeTaskDefinitions
        .list(familyPrefix, status, sort, Page.Request.of(maxResults, nextToken))
        .map(page -> page.map(TaskDefinitionAnswer::of))
        .map(page -> new TaskDefinitionList(page.items(), page.nextToken()));
  }

  @GET
  @Path("task-definitions/{taskDefinition:.+}")
  @Operation(
      operationId = "describeTaskDefinition",
      summary = "Describe a revision by family (the newest), family:revision or ARN")
  public Uni<TaskDefinitionAnswer> describe(@RestPath String taskDefinition) {
    return describeTaskDefinitions.describe(taskDefinition).map(TaskDefinitionAnswer::of);
  }

  @DELETE
  @Path("task-definitions/{taskDefinition:.+}")
  @Operation(
      operationId = "deregisterTaskDefinition",
      summary = "Deregister a revision, which becomes INACTIVE")
  public Uni<TaskDefinitionAnswer> deregister(@RestPath String taskDefinition) {
    return deregisterTaskDefinition.deregister(taskDefinition).map(TaskDefinitionAnswer::of);
  }

  @GET
  @Path("task-definition-families")
  @Operation(operationId = "listTaskDefinitionFamilies", summary = "List the families")
  public Uni<FamilyList> families(
      @RestQuery String familyPrefix,
      @RestQuery String status,
      @RestQuery Integer maxResults,
      @RestQuery String nextToken) {
    return describeTaskDefinitions
        .families(familyPrefix, status, Page.Request.of(maxResults, nextToken))
        .map(page -> new FamilyList(page.items(), page.nextToken()));
  }
}
