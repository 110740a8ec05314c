package dev.berth.api.domain.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a service only the API knows.
 *
 * @param roleArn the role of a classic load balancer's registration, as sent
 * @param createdBy who created the service
 * @param revisions by deployment or task set id
 */
public record ServiceOptions(
    String roleArn,
    String createdBy,
    List<Map<String, Object>> lifecycleHooks,
    Map<String, RevisionOptions> revisions) {
  /** Of a service that was made before there were any. */
  public static final ServiceOptions NONE = new ServiceOptions(null, null, null, null);

  public ServiceOptions {
    lifecycleHooks = lifecycleHooks == null ? List.of() : List.copyOf(lifecycleHooks);
    revisions = revisions == null ? Map.of() : Map.copyOf(revisions);
  }

  /** Those of a deployment or task set; never null. */
  public RevisionOptions of(String id) {
    return revisions.getOrDefault(id, RevisionOptions.NONE);
  }

  /** With those of one more deployment or task set, without those that nobody lists any more. */
  ServiceOptions with(String id, RevisionOptions options, Set<String> stillListed) {
    Map<String, RevisionOptions> changed = new HashMap<>(revisions);
    changed.keySet().retainAll(stillListed);
    changed.put(id, options);
    return new ServiceOptions(roleArn, createdBy, lifecycleHooks, changed);
  }

  /** With other lifecycle hooks; null keeps them. */
  ServiceOptions withLifecycleHooks(List<Map<String, Object>> hooks) {
    return hooks == null ? this : new ServiceOptions(roleArn, createdBy, hooks, revisions);
  }
}
