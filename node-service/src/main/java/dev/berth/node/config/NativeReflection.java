package dev.berth.node.config;

import dev.berth.node.domain.task.TaskState;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the journal's JSON is made of. The records that cross topics are registered by the
 * contracts' own jar.
 */
@RegisterForReflection(targets = TaskState.class, registerFullHierarchy = true)
final class NativeReflection {
  private NativeReflection() {}
}
