package dev.berth.scheduler.domain.state;

import dev.berth.contracts.Capabilities;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.query.InstanceFacts;
import dev.berth.contracts.task.HostPort;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.taskdef.Attribute;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A container instance: what is wanted of it, what it says, and what its tasks take of it. */
public final class InstanceState implements InstanceFacts {
  private final String id;
  ContainerInstanceDesired desired;
  ContainerInstanceStatus status;
  private Instant lastHeard;
  private boolean dockerConnected;
  private boolean lost;
  private boolean unaccounted;
  private Instant lostAt;
  private Map<String, String> attributes = Map.of();
  private final Map<String, TaskState> tasks = new LinkedHashMap<>();
  private final Map<String, Integer> groups = new HashMap<>();
  private final Map<HostPort, Integer> ports = new HashMap<>();
  private List<Object> lastCondition = List.of();
  private final Map<String, Resources> reservations = new HashMap<>(2);
  private final InstanceJournal journal;
  private long usedCpu;
  private long usedMemory;
  private int usedGpus;

  InstanceState(String id, InstanceJournal journal) {
    this.id = id;
    this.journal = journal;
  }

  public String id() {
    return id;
  }

  /** What users want of it, or null while api-service hasn't adopted it. */
  public ContainerInstanceDesired desired() {
    return desired;
  }

  /** What it says of itself, or null. */
  public ContainerInstanceStatus status() {
    return status;
  }

  /** The wanted state, or null while api-service hasn't adopted it. */
  public InstanceStatusName wanted() {
    return desired == null ? null : desired.status();
  }

  /** When its last heartbeat was read, or null. */
  public Instant lastHeard() {
    return lastHeard;
  }

  /** Whether its node is heard and has its Docker Engine. */
  public boolean isConnected(Instant now, Duration freshFor) {
    return isHeard(now, freshFor)
        && dockerConnected
        && !lost
        && status != null
        && !status.stopping();
  }

  /** Whether its newest heartbeat is recent. */
  public boolean isHeard(Instant now, Duration freshFor) {
    return lastHeard != null && lastHeard.plus(freshFor).isAfter(now);
  }

  /** Whether it was given up. */
  public boolean isLost() {
    return lost;
  }

  /** When it was given up, or null. */
  public Instant lostAt() {
    return lostAt;
  }

  /** Gives it up. */
  public void lose(Instant now) {
    lost = true;
    lostAt = now;
    journal.changed(this);
  }

  /** It is heard again. */
  public void found() {
    lost = false;
    journal.changed(this);
  }

  /** Whether, since the log was emptied, it may run tasks that nobody has told of yet. */
  public boolean isUnaccounted() {
    return unaccounted;
  }

  /**
   * Notes whether it may run tasks that nobody has told of.
   *
   * @return whether it may no more, but did
   */
  public boolean accountFor(boolean complete) {
    if (unaccounted != complete) {
      return false;
    }
    unaccounted = !complete;
    journal.changed(this);
    return complete;
  }

  /** Whether anything differs from when this was last asked that its tasks depend on. */
  public boolean isNews(boolean connected) {
    List<Object> condition =
        Arrays.asList(
            wanted(),
            connected,
            lost,
            desired == null ? 0 : desired.version(),
            status == null ? 0 : status.version());
    boolean news = !condition.equals(lastCondition);
    lastCondition = condition;
    return news;
  }

  /** Notes a heartbeat; tells whether it changes what the instance can do. */
  boolean heard(Instant at, boolean withDocker, Duration freshFor) {
    if (lastHeard != null && !at.isAfter(lastHeard) && withDocker == dockerConnected) {
      return false;
    }
    boolean changes = lost || withDocker != dockerConnected || !isHeard(at, freshFor);
    lastHeard = lastHeard == null || at.isAfter(lastHeard) ? at : lastHeard;
    dockerConnected = withDocker;
    if (changes) {
      journal.changed(this);
    }
    return changes;
  }

  void described() {
    Map<String, String> all = new HashMap<>();
    if (status != null) {
      status.attributes().forEach(a -> put(all, a));
      if (status.availabilityZone() != null) {
        all.put(Capabilities.AVAILABILITY_ZONE, status.availabilityZone());
      }
    }
    if (desired != null) {
      desired.attributes().forEach(a -> put(all, a));
    }
    attributes = Collections.unmodifiableMap(all);
    journal.changed(this);
  }

  private static void put(Map<String, String> all, Attribute attribute) {
    all.put(attribute.name(), attribute.value() == null ? "" : attribute.value());
  }

  /** Its attributes by name; a missing value is an empty text. */
  public Map<String, String> attributes() {
    return attributes;
  }

  /** The tasks that take something of it. */
  public Collection<TaskState> tasks() {
    return Collections.unmodifiableCollection(tasks.values());
  }

  /** How many tasks of a group it holds. */
  public int tasksOf(String group) {
    return groups.getOrDefault(group, 0);
  }

  @Override
  public String attribute(String name) {
    return attributes.get(name);
  }

  @Override
  public boolean agentConnected() {
    return lastHeard != null && dockerConnected && !lost;
  }

  @Override
  public String agentVersion() {
    return status == null ? null : status.agentVersion();
  }

  @Override
  public String ec2InstanceId() {
    if (status == null) {
      return null;
    }
    return status.ec2InstanceId() == null ? status.name() : status.ec2InstanceId();
  }

  @Override
  public Instant registeredAt() {
    return status == null ? null : status.registeredAt();
  }

  @Override
  public int runningTasksCount() {
    int running = 0;
    for (TaskState task : tasks.values()) {
      running += task.isRunning() ? 1 : 0;
    }
    return running;
  }

  @Override
  public Collection<String> taskGroups() {
    return Collections.unmodifiableSet(groups.keySet());
  }

  public long freeCpu() {
    return status == null || status.registeredResources() == null
        ? 0
        : status.registeredResources().cpu() - usedCpu;
  }

  public long freeMemory() {
    return status == null || status.registeredResources() == null
        ? 0
        : status.registeredResources().memory() - usedMemory;
  }

  public int freeGpus() {
    return status == null || status.registeredResources() == null
        ? 0
        : status.registeredResources().gpus() - usedGpus;
  }

  /** Keeps room for a task of a service that isn't there yet; nobody else gets it. */
  public void reserve(String serviceName, Resources needs) {
    if (!needs.equals(reservations.get(serviceName))) {
      var unused = unreserve(serviceName);
      reservations.put(serviceName, needs);
      count(needs, 1);
      journal.changed(this);
    }
  }

  /** Gives kept room back; tells whether there was any. */
  public boolean unreserve(String serviceName) {
    Resources kept = reservations.remove(serviceName);
    if (kept != null) {
      count(kept, -1);
      journal.changed(this);
    }
    return kept != null;
  }

  /** Whether a task or the host itself holds the port. */
  public boolean isTaken(HostPort port) {
    return ports.containsKey(port) || isReserved(port);
  }

  /** Whether the host itself holds the port. */
  public boolean isReserved(HostPort port) {
    return status != null
        && status.registeredResources() != null
        && status.registeredResources().hostPorts().contains(port);
  }

  void hold(TaskState task, Resources resources, String group) {
    tasks.put(task.taskId(), task);
    groups.merge(group, 1, Integer::sum);
    count(resources, 1);
    journal.changed(this);
  }

  private void count(Resources resources, int times) {
    usedCpu += (long) times * resources.cpu();
    usedMemory += (long) times * resources.memory();
    usedGpus += times * resources.gpus();
    for (HostPort port : resources.hostPorts()) {
      ports.merge(port, times, (known, more) -> known + more == 0 ? null : known + more);
    }
  }

  void release(TaskState task, Resources resources, String group) {
    tasks.remove(task.taskId());
    groups.computeIfPresent(group, (g, count) -> count == 1 ? null : count - 1);
    count(resources, -1);
    journal.changed(this);
  }
}
