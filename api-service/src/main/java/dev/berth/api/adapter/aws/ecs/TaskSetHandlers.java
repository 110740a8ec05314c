package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.ShapeRecords;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.service.ChangeTaskSets;
import dev.berth.api.application.service.DescribeTaskSets;
import dev.berth.api.domain.service.TaskSetDescription;
import dev.berth.api.domain.service.TaskSetRequest;
import dev.berth.contracts.service.Scale;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetResponse;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsResponse;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.ecs.model.TaskSetField;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetResponse;
import software.amazon.awssdk.services.ecs.model.UpdateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskSetResponse;

/** Task sets. */
@ApplicationScoped
public class TaskSetHandlers implements EcsHandlers {
  private final ChangeTaskSets changes;
  private final DescribeTaskSets describe;
  private final ShapeRecords records;
  private final EcsNames names;

  public TaskSetHandlers(
      ChangeTaskSets changes, DescribeTaskSets describe, ShapeRecords records, EcsNames names) {
    this.changes = changes;
    this.describe = describe;
    this.records = records;
    this.names = names;
  }

  @Override
  public void register(Registry registry) {
    registry.on(
        CreateTaskSetRequest.class,
        request -> names.service(request.cluster(), request.service()),
        this::create);
    registry.on(
        UpdateTaskSetRequest.class,
        request -> names.service(request.cluster(), request.service()),
        this::update);
    registry.on(
        DeleteTaskSetRequest.class,
        request -> names.service(request.cluster(), request.service()),
        this::delete);
    registry.on(
        DescribeTaskSetsRequest.class,
        request -> names.service(request.cluster(), request.service()),
        this::describe);
    registry.on(
        UpdateServicePrimaryTaskSetRequest.class,
        request -> names.service(request.cluster(), request.service()),
        this::promote);
  }

  private Uni<CreateTaskSetResponse> create(CreateTaskSetRequest request, Caller caller) {
    return changes
        .create(
            names.cluster(request.cluster()),
            Required.member("service", request.service()),
            records.record(request, TaskSetRequest.class))
        .map(set -> CreateTaskSetResponse.builder().taskSet(shape(set, true)).build());
  }

  private Uni<UpdateTaskSetResponse> update(UpdateTaskSetRequest request, Caller caller) {
    Scale scale = request.scale() == null ? null : records.record(request.scale(), Scale.class);
    return changes
        .scale(
            names.cluster(request.cluster()),
            Required.member("service", request.service()),
            Required.member("taskSet", request.taskSet()),
            scale)
        .map(set -> UpdateTaskSetResponse.builder().taskSet(shape(set, true)).build());
  }

  private Uni<DeleteTaskSetResponse> delete(DeleteTaskSetRequest request, Caller caller) {
    return changes
        .delete(
            names.cluster(request.cluster()),
            Required.member("service", request.service()),
            Required.member("taskSet", request.taskSet()),
            Boolean.TRUE.equals(request.force()))
        .map(set -> DeleteTaskSetResponse.builder().taskSet(shape(set, true)).build());
  }

  private Uni<UpdateServicePrimaryTaskSetResponse> promote(
      UpdateServicePrimaryTaskSetRequest request, Caller caller) {
    return changes
        .promote(
            names.cluster(request.cluster()),
            Required.member("service", request.service()),
            Required.member("primaryTaskSet", request.primaryTaskSet()))
        .map(
            set -> UpdateServicePrimaryTaskSetResponse.builder().taskSet(shape(set, true)).build());
  }

  private Uni<DescribeTaskSetsResponse> describe(DescribeTaskSetsRequest request, Caller caller) {
    boolean tags =
        Includes.of(request.include(), request.includeAsStrings(), TaskSetField.class)
            .contains(TaskSetField.TAGS);
    return describe
        .describe(
            names.cluster(request.cluster()),
            Required.member("service", request.service()),
            request.taskSets())
        .map(
            found ->
                DescribeTaskSetsResponse.builder()
                    .taskSets(found.items().stream().map(set -> shape(set, tags)).toList())
                    .failures(EcsFailures.of(found))
                    .build());
  }

  private TaskSet shape(TaskSetDescription description, boolean tags) {
    return records.shape(description, TaskSet.builder(), TaskSet.class, tags);
  }
}
