package dev.berth.api.adapter.rest;

import dev.berth.api.application.task.DescribeTasks;
import dev.berth.api.application.task.ProtectTask;
import dev.berth.api.application.task.StopTask;
import dev.berth.api.domain.task.TaskDescription;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Single tasks, by id or ARN whatever their cluster. */
@Path("/v1/tasks")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tasks")
public class TasksResource {
  /** Why a task is stopped. */
  @OptionalBody
  public record StopRequest(String reason) {}

  /** A protection to set, for 1 to 2880 minutes (120), or to end. */
  public record ProtectionRequest(Boolean protectionEnabled, Integer expiresInMinutes) {}

  private final StopTask stopTask;
  private final ProtectTask protectTask;
  private final DescribeTasks describeTasks;

  public TasksResource(StopTask stopTask, ProtectTask protectTask, DescribeTasks describeTasks) {
    this.stopTask = stopTask;
    this.protectTask = protectTask;
    this.describeTasks = describeTasks;
  }

  @GET
  @Path("{task:.+}")
  @Operation(
      operationId = "describeTask",
      summary = "Describe a task by id or ARN",
      description = "A stopped task can be described for at least an hour.")
  public Uni<TaskDescription> describe(@RestPath String task) {
    return describeTasks.describe(task);
  }

  @POST
  @Path("{task:.+}/stop")
  @Operation(operationId = "stopTask", summary = "Stop a task")
  public Uni<TaskDescription> stop(@RestPath String task, StopRequest request) {
    return stopTask.stop(null, task, request.reason());
  }

  @PUT
  @Path("{task:.+}/protection")
  @Operation(
      operationId = "updateTaskProtection",
      summary = "Protect a service's task from scale-in and deployments for a while")
  public Uni<TaskDescription> protect(@RestPath String task, ProtectionRequest request) {
    return protectTask.protect(task, request.protectionEnabled(), request.expiresInMinutes());
  }
}
