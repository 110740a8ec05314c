package dev.berth.api.domain.taskdefinition;

import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.util.List;

/** A revision as it is kept; ECS shows the tags beside the definition, not in it. */
public record RegisteredTaskDefinition(TaskDefinition definition, List<Tag> tags) {
  public RegisteredTaskDefinition {
    tags = tags == null ? List.of() : List.copyOf(tags);
  }
}
