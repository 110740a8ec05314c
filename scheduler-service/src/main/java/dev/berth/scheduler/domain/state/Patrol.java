package dev.berth.scheduler.domain.state;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * Walks over everything again and again, a part at a time, so that no look at a cluster takes
 * longer the larger the cluster is. What is there during a whole walk is met by it; what comes
 * meanwhile was touched as it came.
 */
final class Patrol {
  /** What a part weighs: about a millisecond's work. A small cluster is one part. */
  static final int PART = 2_000;

  private final TaskIndex index;
  private final Attention attention;
  private Iterator<String> instances = Collections.emptyIterator();
  private Iterator<String> tasks = Collections.emptyIterator();
  private Iterator<String> services = Collections.emptyIterator();

  Patrol(TaskIndex index, Attention attention) {
    this.index = index;
    this.attention = attention;
  }

  /** Into how many parts a walk is divided now: a look at a service is one at all of its tasks. */
  int parts() {
    long weight = index.instances.size() + index.services.size() + 2L * index.tasks.size();
    return (int) Math.max(1, (weight + PART - 1) / PART);
  }

  /** Touches the next part; begins anew where the last one ended the walk. */
  void next() {
    if (isOver()) {
      begin();
    }
    int weight = 0;
    while (weight < PART && !isOver()) {
      weight += touchOne();
    }
  }

  private void begin() {
    instances = List.copyOf(index.instances.keySet()).iterator();
    services = List.copyOf(index.services.keySet()).iterator();
    // Of a map that may change meanwhile: a copy of a million keys would be a long turn by itself.
    tasks = index.tasks.keySet().iterator();
  }

  private boolean isOver() {
    return !instances.hasNext() && !tasks.hasNext() && !services.hasNext();
  }

  private int touchOne() {
    if (instances.hasNext()) {
      attention.touch(new Subject.OfInstance(instances.next()));
      return 1;
    }
    if (tasks.hasNext()) {
      attention.touch(new Subject.OfTask(tasks.next()));
      return 1;
    }
    String name = services.next();
    ServiceState service = index.services.get(name);
    if (service == null) {
      return 1; // it has gone since the walk began
    }
    attention.touchService(name);
    return 1 + service.tasks().size();
  }
}
