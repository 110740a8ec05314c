package dev.berth.api.application.port;

import dev.berth.contracts.taskdef.Tag;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The tags of what has no row of its own for them: by ARN or id. */
public interface LoadBalancingTags {
  /** The tags of each resource that has some. */
  Uni<Map<String, List<Tag>>> find(Collection<String> resources);

  /** Sets all tags of a resource; none removes them. */
  Uni<Void> put(String resource, List<Tag> tags);

  /** Removes the tags of a resource. */
  Uni<Void> remove(String resource);
}
