package dev.berth.api.application.port;

import dev.berth.api.domain.loadbalancer.TargetGroup;
import dev.berth.api.domain.loadbalancer.TargetHealth;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Target groups, and the health of their targets. */
public interface TargetGroups {
  Uni<Optional<TargetGroup>> find(String name);

  Uni<Optional<TargetGroup>> lock(String name);

  Uni<List<TargetGroup>> list(String after, int limit);

  Uni<List<TargetGroup>> find(Collection<String> names);

  Uni<Void> add(TargetGroup group);

  Uni<Void> update(TargetGroup group);

  Uni<Void> remove(String name);

  Uni<List<TargetHealth>> health(String targetGroupArn);
}
