package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.ShapeRecords;
import dev.berth.api.application.Described;
import dev.berth.api.application.Page;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.Tasks.TaskFilter;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.task.DescribeTasks;
import dev.berth.api.application.task.ProtectTask;
import dev.berth.api.application.task.RunTask;
import dev.berth.api.application.task.StopTask;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.task.RunTaskRequest;
import dev.berth.api.domain.task.TaskDescription;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandRequest;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandResponse;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.ProtectedTask;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StartTaskRequest;
import software.amazon.awssdk.services.ecs.model.StartTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.ecs.model.TaskOverride;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionResponse;

/** Tasks. */
@ApplicationScoped
public class TaskHandlers implements EcsHandlers {
  private final RunTask run;
  private final StopTask stop;
  private final DescribeTasks describe;
  private final ProtectTask protect;
  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final ShapeRecords records;
  private final EcsNames names;

  public TaskHandlers(
      RunTask run,
      StopTask stop,
      DescribeTasks describe,
      ProtectTask protect,
      Transactions transactions,
      ActiveCluster clusters,
      ShapeRecords records,
      EcsNames names) {
    this.run = run;
    this.stop = stop;
    this.describe = describe;
    this.protect = protect;
    this.transactions = transactions;
    this.clusters = clusters;
    this.records = records;
    this.names = names;
  }

  @Override
  public void register(Registry registry) {
    registry.on(
        software.amazon.awssdk.services.ecs.model.RunTaskRequest.class,
        request -> names.taskDefinition(request.taskDefinition()),
        this::run);
    registry.on(
        StartTaskRequest.class,
        request -> names.taskDefinition(request.taskDefinition()),
        this::start);
    registry.on(
        StopTaskRequest.class,
        request -> names.tasks(request.cluster(), orNone(request.task())),
        this::stop);
    registry.on(
        DescribeTasksRequest.class,
        request -> names.tasks(request.cluster(), request.tasks()),
        this::describe);
    registry.on(ListTasksRequest.class, this::list);
    registry.refused(
        ExecuteCommandRequest.class,
        request -> names.tasks(request.cluster(), orNone(request.task())),
        this::execute,
        "A session into a running container can't be had yet.");
    registry.on(
        GetTaskProtectionRequest.class,
        request -> names.tasks(request.cluster(), request.tasks()),
        this::protection);
    registry.on(
        UpdateTaskProtectionRequest.class,
        request -> names.tasks(request.cluster(), request.tasks()),
        this::protect);
  }

  private Uni<RunTaskResponse> run(
      software.amazon.awssdk.services.ecs.model.RunTaskRequest request, Caller caller) {
    return run.run(names.cluster(request.cluster()), records.record(request, RunTaskRequest.class))
        .map(
            answer ->
                RunTaskResponse.builder()
                    .tasks(answer.tasks().stream().map(one -> shape(one, true)).toList())
                    .failures(answer.failures().stream().map(EcsFailures::of).toList())
                    .build());
  }

  private Uni<StartTaskResponse> start(StartTaskRequest request, Caller caller) {
    if (request.containerInstances().isEmpty()) {
      throw ProblemException.refused(
          "InvalidParameterException", "Container instances cannot be empty.");
    }
    return run.run(names.cluster(request.cluster()), records.record(request, RunTaskRequest.class))
        .map(
            answer ->
                StartTaskResponse.builder()
                    .tasks(answer.tasks().stream().map(one -> shape(one, true)).toList())
                    .failures(answer.failures().stream().map(EcsFailures::of).toList())
                    .build());
  }

  private Uni<StopTaskResponse> stop(StopTaskRequest request, Caller caller) {
    return cluster(request.cluster())
        .chain(
            cluster ->
                stop.stop(cluster, Required.member("task", request.task()), request.reason()))
        .map(task -> StopTaskResponse.builder().task(shape(task, true)).build());
  }

  private Uni<DescribeTasksResponse> describe(DescribeTasksRequest request, Caller caller) {
    boolean tags =
        Includes.of(request.include(), request.includeAsStrings(), TaskField.class)
            .contains(TaskField.TAGS);
    return describe
        .describe(names.cluster(request.cluster()), request.tasks())
        .map(
            found ->
                DescribeTasksResponse.builder()
                    .tasks(found.items().stream().map(one -> shape(one, tags)).toList())
                    .failures(EcsFailures.of(found))
                    .build());
  }

  private Uni<ListTasksResponse> list(ListTasksRequest request, Caller caller) {
    return describe
        .list(
            new TaskFilter(
                names.cluster(request.cluster()),
                request.serviceName(),
                request.family(),
                request.desiredStatusAsString(),
                null,
                request.startedBy(),
                request.containerInstance(),
                request.launchTypeAsString()),
            Page.Request.of(request.maxResults(), request.nextToken()))
        .map(
            page ->
                ListTasksResponse.builder()
                    .taskArns(page.items().stream().map(TaskDescription::taskArn).toList())
                    .nextToken(page.nextToken())
                    .build());
  }

  /** A command in a container needs a connection to its node, which comes with a later release. */
  private Uni<ExecuteCommandResponse> execute(ExecuteCommandRequest request, Caller caller) {
    String task = Required.member("task", request.task());
    Required.member("command", request.command());
    return describe
        .describe(names.cluster(request.cluster()), List.of(task))
        .map(
            found -> {
              if (found.items().isEmpty()) {
                throw ProblemException.refused(
                    "InvalidParameterException", "The referenced task was not found.");
              }
              throw ProblemException.unsupported(
                  "Running a command in a container is not supported yet.");
            });
  }

  private Uni<GetTaskProtectionResponse> protection(
      GetTaskProtectionRequest request, Caller caller) {
    return protect
        .describe(names.cluster(request.cluster()), request.tasks())
        .map(
            found ->
                GetTaskProtectionResponse.builder()
                    .protectedTasks(protections(found))
                    .failures(EcsFailures.of(found))
                    .build());
  }

  private Uni<UpdateTaskProtectionResponse> protect(
      UpdateTaskProtectionRequest request, Caller caller) {
    return protect
        .protect(
            names.cluster(request.cluster()),
            request.tasks(),
            request.protectionEnabled(),
            request.expiresInMinutes())
        .map(
            found ->
                UpdateTaskProtectionResponse.builder()
                    .protectedTasks(protections(found))
                    .failures(EcsFailures.of(found))
                    .build());
  }

  private List<ProtectedTask> protections(Described<TaskDescription> found) {
    return found.items().stream()
        .map(
            task -> {
              boolean now = protect.isProtected(task);
              return ProtectedTask.builder()
                  .taskArn(task.taskArn())
                  .protectionEnabled(now)
                  .expirationDate(now ? task.protection().expirationDate() : null)
                  .build();
            })
        .toList();
  }

  private Uni<String> cluster(String nameOrArn) {
    return transactions
        .reading(() -> clusters.named(names.cluster(nameOrArn)))
        .map(found -> found.cluster());
  }

  private static List<String> orNone(String one) {
    return one == null ? List.of() : List.of(one);
  }

  private Task shape(TaskDescription description, boolean tags) {
    Task.Builder task = Task.builder();
    records.shape(description, task, Task.class, tags);
    return task.overrides(overrides(description)).build();
  }

  /** Without the lists that nobody overrides, but for the one that ECS always shows. */
  private TaskOverride overrides(TaskDescription description) {
    return records
        .sparse(description.overrides(), TaskOverride.builder(), TaskOverride.class)
        .toBuilder()
        .inferenceAcceleratorOverrides(List.of())
        .build();
  }
}
