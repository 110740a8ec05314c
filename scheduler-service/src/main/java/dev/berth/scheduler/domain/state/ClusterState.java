package dev.berth.scheduler.domain.state;

import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.SchedulerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One cluster as far as the scheduler knows it. What changed is looked at by the next plan; nothing
 * else is. Used by one thread.
 */
public final class ClusterState {
  private final String cluster;
  private final String installationId;
  private final long epoch;
  private final SchedulerSettings settings;
  private final VersionClock versions = new VersionClock();
  private final Attention attention = new Attention();
  private final Hearing hearing = new Hearing();
  private final TaskIndex index = new TaskIndex(attention);
  private final Patrol patrol = new Patrol(index, attention);
  private final RecordFold records;
  private final Map<Class<?>, Object> derived = new HashMap<>(2);

  /**
   * @param epoch counts the leaderships of the partition; written into assignments
   */
  public ClusterState(
      String cluster, String installationId, long epoch, SchedulerSettings settings) {
    this.cluster = Objects.requireNonNull(cluster);
    this.installationId = installationId;
    this.epoch = epoch;
    this.settings = Objects.requireNonNull(settings);
    this.records = new RecordFold(index, attention, versions, settings.heartbeatFreshFor());
  }

  public String cluster() {
    return cluster;
  }

  public String installationId() {
    return installationId;
  }

  public long epoch() {
    return epoch;
  }

  public SchedulerSettings settings() {
    return settings;
  }

  /** What users want of the cluster, or null. */
  public ClusterDesired desired() {
    return records.cluster();
  }

  public Collection<ServiceState> services() {
    return Collections.unmodifiableCollection(index.services.values());
  }

  public Collection<TaskState> tasks() {
    return Collections.unmodifiableCollection(index.tasks.values());
  }

  public Collection<InstanceState> instances() {
    return Collections.unmodifiableCollection(index.instances.values());
  }

  /** A service by name, or null. */
  public ServiceState service(String serviceName) {
    return index.services.get(serviceName);
  }

  /** A task by id, or null. */
  public TaskState task(String taskId) {
    return index.tasks.get(taskId);
  }

  /** A container instance by id, or null. */
  public InstanceState instance(String containerInstanceId) {
    return index.instances.get(containerInstanceId);
  }

  /** The instances that hold tasks of a group. */
  public Collection<InstanceState> holdersOf(String group) {
    return Collections.unmodifiableCollection(index.holders.getOrDefault(group, Set.of()));
  }

  /** Which container instances changed. */
  public InstanceJournal journal() {
    return index.journal;
  }

  /**
   * Something derived from the state and kept with it, such as instances in the order of some
   * strategy; made when it is first asked for.
   */
  public <T> T derived(Class<T> type, Supplier<T> make) {
    return type.cast(derived.computeIfAbsent(type, t -> make.get()));
  }

  /** Takes records into the state. */
  public RecordFold records() {
    return records;
  }

  /** What was changed and what is due. */
  public Attention attention() {
    return attention;
  }

  /** The version of the next record that we write. */
  public long nextVersion(Instant now) {
    return versions.next(now);
  }

  /** How long a target group lets running requests finish. */
  public Duration deregistrationDelay(String targetGroupArn) {
    Duration delay = records.deregistrationDelay(targetGroupArn);
    return delay == null ? settings.deregistrationDelay() : delay;
  }

  /** How far what is heard can be trusted. */
  public Hearing hearing() {
    return hearing;
  }

  /** Every container instance is accounted for. */
  public void recovered() {
    hearing.recovered();
    index.instances.values().forEach(instance -> instance.accountFor(true));
    lookAtEverything();
  }

  /**
   * Everything written was read. To be said again whenever the log was out of reach in between:
   * silence until then says nothing about instances.
   *
   * @param recoveringSince null if the log held all that earlier leaders decided; else since when
   *     it may not: what is older than that isn't placed until each known instance has said what it
   *     runs. Only the first call's word counts.
   */
  public void caughtUp(Instant now, Instant recoveringSince) {
    index.tasks.values().removeIf(TaskState::isEmpty);
    hearing.caughtUp(now, recoveringSince);
    lookAtEverything();
  }

  /** The next plan looks at everything. */
  public void lookAtEverything() {
    index.instances.keySet().forEach(id -> attention.touch(new Subject.OfInstance(id)));
    index.tasks.keySet().forEach(id -> attention.touch(new Subject.OfTask(id)));
    index.services.keySet().forEach(name -> attention.touch(new Subject.OfService(name)));
  }

  /** The next plan looks at one more part of everything; after the last part comes the first. */
  public void lookAtNextPart() {
    patrol.next();
  }

  /** Into how many parts everything is divided, 1 and more: it grows with the cluster. */
  public int parts() {
    return patrol.parts();
  }

  /** Takes a decision into the state as it is taken, so that nothing is decided twice. */
  public void apply(Decision decision) {
    DecisionFold.apply(index, decision);
  }
}
