package dev.berth.scheduler.domain.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the next look has to look at: what changed, what is due, and what waits for room. */
public final class Attention {
  private final Set<Subject> touched = new LinkedHashSet<>();
  private final Agenda agenda = new Agenda();
  private final Set<String> waitingForRoom = new LinkedHashSet<>();
  private final Set<String> daemons = new LinkedHashSet<>();
  private final Set<String> unknownTasks = new LinkedHashSet<>();

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

  /** A service's task found no room: look again once there is more. */
  public void waitForRoom(String serviceName) {
    waitingForRoom.add(serviceName);
  }

  /** Services with one task per instance: they follow the instances. */
  public void touchDaemons() {
    daemons.forEach(this::touchService);
  }

  void daemon(String serviceName, boolean isDaemon) {
    if (isDaemon) {
      daemons.add(serviceName);
    } else {
      daemons.remove(serviceName);
    }
  }

  /** There may be more room. */
  void moreRoom() {
    if (!waitingForRoom.isEmpty()) {
      waitingForRoom.forEach(this::touchService);
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
