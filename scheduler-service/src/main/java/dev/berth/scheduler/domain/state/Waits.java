package dev.berth.scheduler.domain.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What waits for room: which one-off tasks do, and for whom more instances were asked for.
 *
 * <p>Who waits is a service or a group of one-off tasks, and for a capacity provider; its name is
 * null where any instance would do.
 */
public final class Waits {
  private final Map<String, Map<String, Instant>> asked = new HashMap<>();
  private final Map<String, Map<String, Set<String>>> tasks = new HashMap<>();

  Waits() {}

  /** Whether somebody may be asked for more instances: never before, or not for a while. */
  public boolean mayAsk(String who, String provider, Instant now, Duration repeat) {
    Map<String, Instant> times = asked.computeIfAbsent(who, w -> new HashMap<>(2));
    Instant before = times.get(provider);
    if (before != null && now.isBefore(before.plus(repeat))) {
      return false;
    }
    times.put(provider, now);
    return true;
  }

  /** Nothing is asked for any more but what lacks still; tells for which providers it was. */
  public List<String> stopAsking(String who, Set<String> lacking) {
    Map<String, Instant> times = asked.get(who);
    if (times == null) {
      return List.of();
    }
    List<String> over = new ArrayList<>(times.keySet());
    over.removeAll(lacking);
    over.forEach(times::remove);
    if (times.isEmpty()) {
      asked.remove(who);
    }
    return over;
  }

  /** A one-off task waits. */
  public void waits(String who, String provider, String taskId) {
    tasks
        .computeIfAbsent(who, w -> new HashMap<>(2))
        .computeIfAbsent(provider, p -> new HashSet<>())
        .add(taskId);
  }

  /** A one-off task waits no more. */
  public void waitsNoMore(String who, String provider, String taskId) {
    Map<String, Set<String>> providers = tasks.get(who);
    Set<String> left = providers == null ? null : providers.get(provider);
    if (left != null && left.remove(taskId) && left.isEmpty()) {
      providers.remove(provider);
      if (providers.isEmpty()) {
        tasks.remove(who);
      }
    }
  }

  /** How many one-off tasks wait. */
  public int waiting(String who, String provider) {
    Map<String, Set<String>> providers = tasks.get(who);
    Set<String> waiting = providers == null ? null : providers.get(provider);
    return waiting == null ? 0 : waiting.size();
  }

  /** The providers that one-off tasks wait for. */
  public Set<String> lacking(String who) {
    Map<String, Set<String>> providers = tasks.get(who);
    return providers == null ? new HashSet<>() : new HashSet<>(providers.keySet());
  }
}
