package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.application.access.Caller;
import dev.berth.api.application.tag.ResourceTags;
import dev.berth.contracts.taskdef.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceResponse;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceResponse;

/** Tags. */
@ApplicationScoped
public class TagHandlers implements EcsHandlers {
  private final ResourceTags tags;

  public TagHandlers(ResourceTags tags) {
    this.tags = tags;
  }

  @Override
  public void register(Registry registry) {
    registry.on(TagResourceRequest.class, request -> arns(request.resourceArn()), this::tag);
    registry.on(UntagResourceRequest.class, request -> arns(request.resourceArn()), this::untag);
    registry.on(
        ListTagsForResourceRequest.class, request -> arns(request.resourceArn()), this::list);
  }

  private static List<String> arns(String arn) {
    return List.of(arn == null ? "*" : arn);
  }

  private Uni<TagResourceResponse> tag(TagResourceRequest request, Caller caller) {
    return tags.tag(
            request.resourceArn(),
            request.tags().stream().map(tag -> new Tag(tag.key(), tag.value())).toList())
        .replaceWith(TagResourceResponse.builder().build());
  }

  private Uni<UntagResourceResponse> untag(UntagResourceRequest request, Caller caller) {
    return tags.untag(request.resourceArn(), request.tagKeys())
        .replaceWith(UntagResourceResponse.builder().build());
  }

  private Uni<ListTagsForResourceResponse> list(ListTagsForResourceRequest request, Caller caller) {
    return tags.list(request.resourceArn())
        .map(
            found ->
                ListTagsForResourceResponse.builder()
                    .tags(TaskDefinitionShapes.tags(found))
                    .build());
  }
}
