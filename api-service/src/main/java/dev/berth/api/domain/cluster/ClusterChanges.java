package dev.berth.api.domain.cluster;

import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import dev.berth.contracts.cluster.Setting;
import dev.berth.contracts.taskdef.Tag;
import java.time.Instant;
import java.util.List;

/** What creating, updating and deleting make of a cluster. */
public final class ClusterChanges {
  private ClusterChanges() {}

  /** What is wrong with a request. */
  public static Violations check(String name, List<Setting> settings, List<Tag> tags) {
    Violations violations = new Violations();
    violations.name("clusterName", name);
    Tags.check("tags", tags, violations);
    for (int i = 0; settings != null && i < settings.size(); i++) {
      violations.present("settings[" + i + "].name", settings.get(i).name());
    }
    return violations;
  }

  /** A new cluster, or a deleted one that comes back. */
  public static ClusterDesired created(
      String name,
      List<Setting> settings,
      List<Tag> tags,
      Identity identity,
      long version,
      Instant now) {
    return new ClusterDesired(
        name,
        version,
        identity.installationId(),
        identity.clusterArn(name),
        ClusterStatus.ACTIVE,
        settings,
        List.of(),
        List.of(),
        tags,
        now,
        List.of());
  }

  /** A changed cluster. */
  public static ClusterDesired updated(
      ClusterDesired cluster, List<Setting> settings, List<Tag> tags, long version) {
    return with(
        cluster,
        cluster.status(),
        settings == null ? cluster.settings() : settings,
        tags == null ? cluster.tags() : tags,
        version);
  }

  /** A deleted cluster, which stays to be described. */
  public static ClusterDesired inactive(ClusterDesired cluster, long version) {
    return with(cluster, ClusterStatus.INACTIVE, cluster.settings(), cluster.tags(), version);
  }

  private static ClusterDesired with(
      ClusterDesired cluster,
      ClusterStatus status,
      List<Setting> settings,
      List<Tag> tags,
      long version) {
    return new ClusterDesired(
        cluster.cluster(),
        version,
        cluster.installationId(),
        cluster.clusterArn(),
        status,
        settings,
        cluster.capacityProviders(),
        cluster.defaultCapacityProviderStrategy(),
        tags,
        cluster.createdAt(),
        cluster.capacityProviderDetails());
  }
}
