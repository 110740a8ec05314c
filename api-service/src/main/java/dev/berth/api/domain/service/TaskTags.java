package dev.berth.api.domain.service;

import dev.berth.contracts.taskdef.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tags that tasks begin with (ECS: "Tagging Amazon ECS resources"). */
public final class TaskTags {
  private static final String CLUSTER_NAME = "aws:ecs:clusterName";
  private static final String SERVICE_NAME = "aws:ecs:serviceName";

  private TaskTags() {}

  /**
   * The tags of a task: propagated ones, those that ECS manages, and the task's own, which win.
   *
   * @param propagate TASK_DEFINITION, SERVICE, NONE or null
   * @param own tags given for the task itself, or null
   * @param managed whether ECS's managed tags are wanted
   * @param serviceName null for a one-off task
   */
  public static List<Tag> of(
      String propagate,
      List<Tag> definitionTags,
      List<Tag> serviceTags,
      List<Tag> own,
      boolean managed,
      String cluster,
      String serviceName) {
    Map<String, Tag> tags = new LinkedHashMap<>();
    if (managed) {
      put(tags, List.of(new Tag(CLUSTER_NAME, cluster)));
      if (serviceName != null) {
        put(tags, List.of(new Tag(SERVICE_NAME, serviceName)));
      }
    }
    if ("TASK_DEFINITION".equals(propagate)) {
      put(tags, definitionTags);
    } else if ("SERVICE".equals(propagate)) {
      put(tags, serviceTags);
    }
    put(tags, own);
    return List.copyOf(tags.values());
  }

  private static void put(Map<String, Tag> tags, List<Tag> more) {
    if (more != null) {
      more.forEach(tag -> tags.put(tag.key(), tag));
    }
  }
}
