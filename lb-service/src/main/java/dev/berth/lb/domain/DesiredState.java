package dev.berth.lb.domain;

import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetDesired;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was read from the log, folded by key and version.
 *
 * <p>An emptied log is read again from its beginning as a new generation. What the old one said
 * stays in force until it is either said again, whatever its version, or dropped because it wasn't:
 * whoever writes the log needs a while to fill it, and traffic must not stop meanwhile.
 *
 * <p>Not safe for use by several threads.
 */
public final class DesiredState {
  private final Fold<String, LoadBalancerDesired> loadBalancers = new Fold<>();
  private final Fold<TargetKey, TargetDesired> targets = new Fold<>();
  private int generation = 1;

  /**
   * Folds a record of a load balancer, or its tombstone.
   *
   * @return whether it changed anything
   */
  public boolean loadBalancer(String name, LoadBalancerDesired desired) {
    return loadBalancers.put(name, desired, desired == null ? 0 : desired.version(), generation);
  }

  /**
   * Folds a record of a target, or its tombstone.
   *
   * @return whether it changed anything
   */
  public boolean target(TargetKey key, TargetDesired desired) {
    return targets.put(key, desired, desired == null ? 0 : desired.version(), generation);
  }

  /**
   * What a copy of the log said. It holds until the log says it again, or turns out not to; it
   * never stands against what the log has said already.
   */
  public void restore(
      Collection<LoadBalancerDesired> copiedBalancers, Collection<TargetDesired> copiedTargets) {
    copiedBalancers.forEach(b -> loadBalancers.restore(b.loadBalancerName(), b));
    copiedTargets.forEach(t -> targets.restore(new TargetKey(t.targetGroupArn(), t.targetId()), t));
  }

  /**
   * Drops what the present log doesn't know, also when it knows nothing at all.
   *
   * @return whether that changed anything
   */
  public boolean dropAllUnconfirmed() {
    boolean dropped = loadBalancers.dropAll(generation);
    return targets.dropAll(generation) || dropped;
  }

  /** The log is another one than before: everything has to be confirmed by it. */
  public void newLog() {
    generation++;
  }

  /** How many load balancers the present log hasn't said anything about. */
  public int unconfirmedLoadBalancers() {
    return loadBalancers.unconfirmed(generation);
  }

  /** How many targets the present log hasn't said anything about. */
  public int unconfirmedTargets() {
    return targets.unconfirmed(generation);
  }

  /**
   * Drops what the present log doesn't know, by topic, where it knows anything at all.
   *
   * @return whether that changed anything
   */
  public boolean dropUnconfirmed() {
    boolean dropped = loadBalancers.dropUnconfirmed(generation);
    return targets.dropUnconfirmed(generation) || dropped;
  }

  public Collection<LoadBalancerDesired> loadBalancers() {
    return loadBalancers.values();
  }

  public Collection<TargetDesired> targets() {
    return targets.values();
  }

  private static final class Fold<K, V> {
    private record Entry<V>(V value, long version, int generation) {}

    private final Map<K, Entry<V>> entries = new HashMap<>();

    boolean put(K key, V value, long version, int generation) {
      Entry<V> known = entries.get(key);
      if (value == null) {
        return entries.remove(key) != null;
      }
      if (known != null && known.generation() == generation && version <= known.version()) {
        return false;
      }
      entries.put(key, new Entry<>(value, version, generation));
      return known == null || !known.value().equals(value);
    }

    void restore(K key, V value) {
      entries.putIfAbsent(key, new Entry<>(value, 0, 0));
    }

    boolean dropAll(int generation) {
      return entries.values().removeIf(e -> e.generation() < generation);
    }

    int unconfirmed(int generation) {
      return (int) entries.values().stream().filter(e -> e.generation() < generation).count();
    }

    boolean dropUnconfirmed(int generation) {
      if (entries.values().stream().noneMatch(e -> e.generation() == generation)) {
        return false;
      }
      return entries.values().removeIf(e -> e.generation() < generation);
    }

    List<V> values() {
      return entries.values().stream().map(Entry::value).toList();
    }
  }
}
