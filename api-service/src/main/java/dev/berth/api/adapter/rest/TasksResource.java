package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.application.Page;
import dev.berth.api.application.port.Tasks.TaskFilter;
import dev.berth.api.application.task.DescribeTasks;
import dev.berth.api.application.task.ProtectTask;
import dev.berth.api.application.task.RunTask;
import dev.berth.api.application.task.StopTask;
import dev.berth.api.domain.task.RunTaskRequest;
import dev.berth.api.domain.task.TaskDescription;
import dev.berth.api.domain.task.TaskFailure;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Tasks. */
@Path("/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tasks")
public class TasksResource {
  private static final String RUN =
      """
      {"taskDefinition": "job", "count": 2, "startedBy": "nightly"}""";

  /** The tasks that were placed or are still undecided, and why others weren't placed. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record RunTaskAnswer(List<TaskDescription> tasks, List<TaskFailure> failures) {}

  /** A page of tasks. */
  public record TaskList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<TaskDescription> tasks, String nextToken) {}

  /** Why a task is stopped. */
  public record StopRequest(String reason) {}

  /** A protection to set, for 1 to 2880 minutes (120), or to end. */
  public record ProtectionRequest(Boolean protectionEnabled, Integer expiresInMinutes) {}

  private final RunTask runTask;
  private final StopTask stopTask;
  private final ProtectTask protectTask;
  private final DescribeTasks describeTasks;

  public TasksResource(
      RunTask runTask, StopTask stopTask, ProtectTask protectTask, DescribeTasks describeTasks) {
    this.runTask = runTask;
    this.stopTask = stopTask;
    this.protectTask = protectTask;
    this.describeTasks = describeTasks;
  }

  @POST
  @Path("clusters/{cluster}/tasks")
  @Operation(
      operationId = "runTask",
      summary = "Run one-off tasks",
      description =
          "Answers with the placed tasks, or with failures and their reasons. With"
              + " containerInstances one task is started on each of them (StartTask). What isn't"
              + " decided within a few seconds is answered as PROVISIONING.")
  public Uni<RunTaskAnswer> run(
      @RestPath String cluster,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      examples = @ExampleObject(name = "two tasks", value = RUN)))
          RunTaskRequest request) {
    return runTask
        .run(cluster, request)
        .map(answer -> new RunTaskAnswer(answer.tasks(), answer.failures()));
  }

  @GET
  @Path("clusters/{cluster}/tasks")
  @Operation(
      operationId = "listTasks",
      summary = "List tasks, those that are to run unless asked otherwise")
  public Uni<TaskList> list(
      @RestPath String cluster,
      @RestQuery String serviceName,
      @RestQuery String family,
      @RestQuery String desiredStatus,
      @RestQuery String lastStatus,
      @RestQuery String startedBy,
      @RestQuery String containerInstance,
      @RestQuery Integer maxResults,
      @RestQuery String nextToken) {
    return describeTasks
        .list(
            new TaskFilter(
                cluster,
                serviceName,
                family,
                desiredStatus,
                lastStatus,
                startedBy,
                containerInstance),
            Page.Request.of(maxResults, nextToken))
        .map(page -> new TaskList(page.items(), page.nextToken()));
  }

  @GET
  @Path("tasks/{task:.+}")
  @Operation(
      operationId = "describeTask",
      summary = "Describe a task by id or ARN",
      description = "A stopped task can be described for at least an hour.")
  public Uni<TaskDescription> describe(@RestPath String task) {
    return describeTasks.describe(task);
  }

  @POST
  @Path("tasks/{task:.+}/stop")
  @Operation(operationId = "stopTask", summary = "Stop a task")
  public Uni<TaskDescription> stop(@RestPath String task, StopRequest request) {
    return stopTask.stop(task, request.reason());
  }

  @PUT
  @Path("tasks/{task:.+}/protection")
  @Operation(
      operationId = "updateTaskProtection",
      summary = "Protect a service's task from scale-in and deployments for a while")
  public Uni<TaskDescription> protect(@RestPath String task, ProtectionRequest request) {
    return protectTask.protect(task, request.protectionEnabled(), request.expiresInMinutes());
  }
}
