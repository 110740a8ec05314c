package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.adapter.aws.ShapeRecords;
import dev.berth.api.application.Page;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.taskdefinition.DeleteTaskDefinitions;
import dev.berth.api.application.taskdefinition.DeregisterTaskDefinition;
import dev.berth.api.application.taskdefinition.DescribeTaskDefinitions;
import dev.berth.api.application.taskdefinition.RegisterTaskDefinition;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.taskdefinition.RegisteredTaskDefinition;
import dev.berth.api.domain.taskdefinition.TaskDefinitionRequest;
import dev.berth.contracts.Arns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

/** Task definitions. */
@ApplicationScoped
public class TaskDefinitionHandlers implements EcsHandlers {
  private final RegisterTaskDefinition register;
  private final DescribeTaskDefinitions describe;
  private final DeregisterTaskDefinition deregister;
  private final DeleteTaskDefinitions delete;
  private final TaskDefinitionShapes shapes;
  private final ShapeRecords records;
  private final Identity identity;

  public TaskDefinitionHandlers(
      RegisterTaskDefinition register,
      DescribeTaskDefinitions describe,
      DeregisterTaskDefinition deregister,
      DeleteTaskDefinitions delete,
      TaskDefinitionShapes shapes,
      ShapeRecords records,
      Identity identity) {
    this.register = register;
    this.describe = describe;
    this.deregister = deregister;
    this.delete = delete;
    this.shapes = shapes;
    this.records = records;
    this.identity = identity;
  }

  @Override
  public void register(Registry registry) {
    registry.on(
        RegisterTaskDefinitionRequest.class,
        request -> List.of(arn(request.family() == null ? "*" : request.family() + ":*")),
        this::register);
    registry.readOnly(
        RegisterTaskDefinitionRequest.class,
        TaskDefinitionShapes.readOnlyMembers(RegisterTaskDefinitionRequest.builder().sdkFields()));
    registry.on(DescribeTaskDefinitionRequest.class, this::describe);
    registry.on(
        DeregisterTaskDefinitionRequest.class,
        request -> arns(request.taskDefinition()),
        this::deregister);
    registry.on(
        DeleteTaskDefinitionsRequest.class,
        request ->
            request.taskDefinitions().isEmpty()
                ? List.of("*")
                : request.taskDefinitions().stream().map(this::arn).toList(),
        this::delete);
    registry.on(ListTaskDefinitionsRequest.class, this::list);
    registry.on(ListTaskDefinitionFamiliesRequest.class, this::families);
  }

  private List<String> arns(String nameOrArn) {
    return List.of(nameOrArn == null ? "*" : arn(nameOrArn));
  }

  private String arn(String nameOrArn) {
    return "arn:aws:ecs:"
        + identity.region()
        + ":"
        + identity.accountId()
        + ":task-definition/"
        + Arns.shortName(nameOrArn);
  }

  private Uni<RegisterTaskDefinitionResponse> register(
      RegisterTaskDefinitionRequest request, Caller caller) {
    return register
        .register(records.record(request, TaskDefinitionRequest.class), caller.arn())
        .map(
            revision ->
                RegisterTaskDefinitionResponse.builder()
                    .taskDefinition(shape(revision))
                    .tags(TaskDefinitionShapes.tags(revision.tags()))
                    .build());
  }

  private Uni<DescribeTaskDefinitionResponse> describe(
      DescribeTaskDefinitionRequest request, Caller caller) {
    Set<TaskDefinitionField> include =
        Includes.of(request.include(), request.includeAsStrings(), TaskDefinitionField.class);
    return describe
        .describe(request.taskDefinition())
        .map(
            revision ->
                DescribeTaskDefinitionResponse.builder()
                    .taskDefinition(shape(revision))
                    .tags(
                        include.contains(TaskDefinitionField.TAGS)
                            ? TaskDefinitionShapes.tags(revision.tags())
                            : List.of())
                    .build());
  }

  private Uni<DeregisterTaskDefinitionResponse> deregister(
      DeregisterTaskDefinitionRequest request, Caller caller) {
    return deregister
        .deregister(request.taskDefinition())
        .map(
            revision ->
                DeregisterTaskDefinitionResponse.builder().taskDefinition(shape(revision)).build());
  }

  private Uni<DeleteTaskDefinitionsResponse> delete(
      DeleteTaskDefinitionsRequest request, Caller caller) {
    return delete
        .delete(request.taskDefinitions())
        .map(
            deleted -> {
              List<TaskDefinition> going = new ArrayList<>();
              List<Failure> failures = new ArrayList<>();
              for (DeleteTaskDefinitions.Deleted one : deleted) {
                if (one.revision() != null) {
                  going.add(shape(one.revision()));
                } else {
                  failures.add(
                      Failure.builder().arn(arn(one.name())).reason(one.failure()).build());
                }
              }
              return DeleteTaskDefinitionsResponse.builder()
                  .taskDefinitions(going)
                  .failures(failures)
                  .build();
            });
  }

  private Uni<ListTaskDefinitionsResponse> list(ListTaskDefinitionsRequest request, Caller caller) {
    return describe
        .list(
            request.familyPrefix(),
            request.statusAsString(),
            request.sortAsString(),
            Page.Request.of(request.maxResults(), request.nextToken()))
        .map(
            page ->
                ListTaskDefinitionsResponse.builder()
                    .taskDefinitionArns(
                        page.items().stream()
                            .map(revision -> revision.definition().taskDefinitionArn())
                            .toList())
                    .nextToken(page.nextToken())
                    .build());
  }

  private Uni<ListTaskDefinitionFamiliesResponse> families(
      ListTaskDefinitionFamiliesRequest request, Caller caller) {
    return describe
        .families(
            request.familyPrefix(),
            request.statusAsString(),
            Page.Request.of(request.maxResults(), request.nextToken()))
        .map(
            page ->
                ListTaskDefinitionFamiliesResponse.builder()
                    .families(page.items())
                    .nextToken(page.nextToken())
                    .build());
  }

  private TaskDefinition shape(RegisteredTaskDefinition revision) {
    return shapes.shape(revision.definition());
  }
}
