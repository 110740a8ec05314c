package dev.berth.api.domain.cluster;

import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.cluster.CapacityProvider;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import dev.berth.contracts.cluster.Setting;
import dev.berth.contracts.taskdef.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What creating, updating and deleting make of a cluster. */
public final class ClusterChanges {
  private static final String CONTAINER_INSIGHTS = "containerInsights";
  private static final Set<String> INSIGHTS = Set.of("enabled", "disabled", "enhanced");

  private ClusterChanges() {}

  /** What is wrong with a request. */
  public static Violations check(String name, List<Setting> settings, List<Tag> tags) {
    Violations violations = new Violations();
    violations.name("clusterName", name);
    Tags.check("tags", tags, violations);
    for (int i = 0; settings != null && i < settings.size(); i++) {
      String at = "settings[" + i + "]";
      if (violations.present(at + ".name", settings.get(i).name())) {
        violations.oneOf(at + ".name", settings.get(i).name(), Set.of(CONTAINER_INSIGHTS));
        violations.oneOf(at + ".value", settings.get(i).value(), INSIGHTS);
      }
    }
    return violations;
  }

  /** The settings with ECS's defaults for those that nobody set. */
  public static List<Setting> effective(List<Setting> settings) {
    return settings.stream().anyMatch(setting -> CONTAINER_INSIGHTS.equals(setting.name()))
        ? settings
        : List.of(new Setting(CONTAINER_INSIGHTS, "disabled"));
  }

  /**
   * A new cluster, or a deleted one that comes back.
   *
   * @param providers those that the request names
   */
  public static ClusterDesired created(
      String name,
      ClusterRequest request,
      List<CapacityProvider> providers,
      Identity identity,
      long version,
      Instant now) {
    return new ClusterDesired(
        name,
        version,
        identity.installationId(),
        identity.clusterArn(name),
        ClusterStatus.ACTIVE,
        request.settings(),
        request.capacityProviders(),
        request.defaultCapacityProviderStrategy(),
        request.tags(),
        now,
        providers);
  }

  /** A changed cluster. Settings that the update doesn't name stay. */
  public static ClusterDesired updated(ClusterDesired cluster, ClusterUpdate update, long version) {
    return with(
        cluster,
        cluster.status(),
        update.settings() == null
            ? cluster.settings()
            : merged(cluster.settings(), update.settings()),
        update.tags() == null ? cluster.tags() : update.tags(),
        version);
  }

  /** A cluster that is associated with these capacity providers. */
  public static ClusterDesired withProviders(
      ClusterDesired cluster,
      List<CapacityProvider> providers,
      List<CapacityProviderStrategyItem> defaultStrategy,
      long version) {
    return new ClusterDesired(
        cluster.cluster(),
        version,
        cluster.installationId(),
        cluster.clusterArn(),
        cluster.status(),
        cluster.settings(),
        providers.stream().map(CapacityProvider::name).toList(),
        defaultStrategy,
        cluster.tags(),
        cluster.createdAt(),
        providers);
  }

  /** A cluster one of whose capacity providers changed. */
  public static ClusterDesired withProvider(
      ClusterDesired cluster, CapacityProvider changed, long version) {
    return withProviders(
        cluster,
        cluster.capacityProviderDetails().stream()
            .map(provider -> provider.name().equals(changed.name()) ? changed : provider)
            .toList(),
        cluster.defaultCapacityProviderStrategy(),
        version);
  }

  /** A deleted cluster, which stays to be described. */
  public static ClusterDesired inactive(ClusterDesired cluster, long version) {
    return with(cluster, ClusterStatus.INACTIVE, cluster.settings(), cluster.tags(), version);
  }

  private static List<Setting> merged(List<Setting> old, List<Setting> update) {
    Map<String, Setting> byName = new LinkedHashMap<>();
    old.forEach(setting -> byName.put(setting.name(), setting));
    update.forEach(setting -> byName.put(setting.name(), setting));
    return List.copyOf(byName.values());
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
