package dev.berth.scheduler.domain.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the next look has to look at: what changed, what is due, and what waits for room. */
public final class Attention {
  private static final int REMEMBERED_REQUESTS = 1000;

  private final Set<Subject> touched = new LinkedHashSet<>();
  private final Agenda agenda = new Agenda();
  private final Set<Subject> waitingForRoom = new LinkedHashSet<>();
  private final Set<String> balanced = new LinkedHashSet<>();
  private final Waits waits = new Waits();
  private final Map<Request, Map<String, Integer>> shares = new LinkedHashMap<>();
  private final Set<String> daemons = new LinkedHashSet<>();
  private final Set<String> unknownTasks = new LinkedHashSet<>();

  /** The tasks of one RunTask have these in common. */
  public record Request(String group, String startedBy, Instant createdAt) {}

  /** Something changed about a subject. */
  public void touch(Subject subject) {
    touched.add(subject);
  }

  /** Something changed about a service; null is ignored. */
  public void touchService(String serviceName) {
    if (serviceName != null) {
      touched.add(new Subject.OfService(serviceName));
    }
  }

  /** Look at a subject at a time, or earlier. */
  public void at(Subject subject, Instant time) {
    agenda.schedule(subject, time);
  }

  /** Takes the subjects that changed or are due, each once. */
  public List<Subject> take(Instant now) {
    agenda.due(now, touched::add);
    List<Subject> taken = new ArrayList<>(touched);
    touched.clear();
    return taken;
  }

  /** Whether something changed that wasn't taken yet. */
  public boolean isTouched() {
    return !touched.isEmpty();
  }

  /** When the next subject is due, or null. */
  public Instant next() {
    return agenda.next();
  }

  /** A task found no room: look again once there is more. */
  public void waitForRoom(Subject subject) {
    waitingForRoom.add(subject);
  }

  /** What waits for room, for whom others may be asked. */
  public Waits waits() {
    return waits;
  }

  /** How many tasks of a request each capacity provider has got, or would have with more room. */
  public Map<String, Integer> shares(Request request) {
    return Collections.unmodifiableMap(shares.getOrDefault(request, Map.of()));
  }

  /** A task of a request went to a capacity provider, or waits for it. */
  public void countsShare(Request request, String provider) {
    shares.computeIfAbsent(request, r -> new HashMap<>(4)).merge(provider, 1, Integer::sum);
    if (shares.size() > REMEMBERED_REQUESTS) {
      shares.remove(shares.keySet().iterator().next());
    }
  }

  /** Services with one task per instance: they follow the instances. */
  public void touchDaemons() {
    daemons.forEach(this::touchService);
  }

  /** Services whose zones are kept in balance: they follow the instances, too. */
  public void touchBalanced() {
    balanced.forEach(this::touchService);
  }

  void balanced(String serviceName, boolean isBalanced) {
    if (isBalanced) {
      balanced.add(serviceName);
    } else {
      balanced.remove(serviceName);
    }
  }

  void daemon(String serviceName, boolean isDaemon) {
    if (isDaemon) {
      daemons.add(serviceName);
    } else {
      daemons.remove(serviceName);
    }
  }

  /** There may be more room. */
  public void moreRoom() {
    if (!waitingForRoom.isEmpty()) {
      touched.addAll(waitingForRoom);
      waitingForRoom.clear();
    }
  }

  void unknown(String taskId, boolean isUnknown) {
    if (isUnknown) {
      unknownTasks.add(taskId);
    } else {
      unknownTasks.remove(taskId);
    }
  }

  /** Tasks that run without having been placed by us. */
  Set<String> unknownTasks() {
    return unknownTasks;
  }
}
