package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.application.Page;
import dev.berth.api.application.port.Tasks.TaskFilter;
import dev.berth.api.application.task.DescribeTasks;
import dev.berth.api.application.task.RunTask;
import dev.berth.api.domain.task.RunTaskRequest;
import dev.berth.api.domain.task.TaskDescription;
import dev.berth.api.domain.task.TaskFailure;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The tasks of a cluster: running them, and listing them. */
@Path("/v1/clusters/{cluster}/tasks")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tasks")
public class ClusterTasksResource {
  private static final String RUN =
      """
      {"taskDefinition": "job", "count": 2, "startedBy": "nightly"}""";

  /** The tasks that were placed or are still undecided, and why others weren't placed. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record RunTaskAnswer(List<TaskDescription> tasks, List<TaskFailure> failures) {}

  /** A page of tasks. */
  public record TaskList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<TaskDescription> tasks, String nextToken) {}

  private final RunTask runTask;
  private final DescribeTasks describeTasks;

  public ClusterTasksResource(RunTask runTask, DescribeTasks describeTasks) {
    this.runTask = runTask;
    this.describeTasks = describeTasks;
  }

  @POST
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
      @RestQuery String launchType,
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
                containerInstance,
                launchType),
            Page.Request.of(maxResults, nextToken))
        .map(page -> new TaskList(page.items(), page.nextToken()));
  }
}
