package dev.berth.simulation;

import dev.berth.contracts.Topic;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.scheduler.application.DecisionTelemetry;
import dev.berth.scheduler.application.LeadershipLostException;
import dev.berth.scheduler.application.LedPartition;
import dev.berth.scheduler.application.LogEntry;
import dev.berth.scheduler.application.ReconciledCluster;
import dev.berth.scheduler.domain.IdSource;
import dev.berth.scheduler.domain.SchedulerSettings;
import dev.berth.scheduler.domain.records.OutgoingRecord;
import dev.berth.scheduler.domain.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A scheduler's process: it does what the Kafka adapter's PartitionLeader does (fence, read what
 * was decided, read everything, then fold and decide) with the same application classes.
 */
final class SchedulerHost implements DecisionTelemetry {
  private static final String TRANSACTIONAL_ID = "scheduler-0";
  private static final long STALE_AFTER = 5 * Sim.SECOND;
  private static final Duration FULL_RECONCILE = Duration.ofMinutes(5);
  private static final List<Topic> OWN = List.of(Topic.TASK_ASSIGNMENT, Topic.SERVICE_STATUS);
  private static final List<Topic> INPUTS =
      List.of(
          Topic.CLUSTER_DESIRED,
          Topic.CONTAINER_INSTANCE_DESIRED,
          Topic.SERVICE_DESIRED,
          Topic.TASK_DESIRED,
          Topic.CONTAINER_INSTANCE_STATUS,
          Topic.CONTAINER_INSTANCE_HEARTBEAT,
          Topic.TASK_STATUS,
          Topic.TARGET_STATUS,
          Topic.LOAD_BALANCER_DESIRED);

  /** As an owner would set it for nodes that send a heartbeat every twenty seconds. */
  static final SchedulerSettings SETTINGS =
      Records.with(
          SchedulerSettings.DEFAULT,
          "heartbeatInterval",
          Machine.HEARTBEAT,
          "heartbeatFreshFor",
          Duration.ofSeconds(50),
          "instanceLostAfter",
          Duration.ofSeconds(80),
          "deregistrationDelay",
          Duration.ofSeconds(30));

  private final Sim sim;
  private final SimLog log;
  private final String name;
  private Life process = new Life("never started");
  private Life leadership = new Life("never led");
  private boolean wanted;
  private LedPartition led;
  private LogReader reader;
  private int producerEpoch;
  private int generation;
  private long pausedUntil;
  private long seenAt;
  private int turns;
  private boolean dieInCommit;
  private boolean doubtCommit;

  SchedulerHost(Sim sim, SimLog log, String name) {
    this.sim = sim;
    this.log = log;
    this.name = name;
  }

  boolean isUp() {
    return !process.isOver();
  }

  /** Whether it believes that it leads. */
  boolean leads() {
    return isUp() && !leadership.isOver() && led != null;
  }

  void start() {
    process = new Life(name);
    leadership = new Life("not leading");
    leadership.end();
    wanted = false;
    pausedUntil = 0;
    dieInCommit = false;
    doubtCommit = false;
    sim.story().tell("%s starts", name);
  }

  void kill() {
    sim.story().tell("%s is killed", name);
    process.end();
    leadership.end();
  }

  /** It stands still, and doesn't know afterwards that it did. */
  void pause(long millis) {
    pausedUntil = sim.now() + millis;
  }

  /** Its next commit is cut short: by its own death, or by an answer that never comes. */
  void disturbNextCommit(boolean death) {
    dieInCommit = death;
    doubtCommit = !death;
  }

  boolean isToBeDisturbed() {
    return dieInCommit || doubtCommit;
  }

  /** The group says that it leads. */
  void lead() {
    wanted = true;
    takeOverSoon(sim.dice().between(50, 500));
  }

  /** The group says that it doesn't lead any more. */
  void resign() {
    wanted = false;
    leadership.end();
  }

  private void takeOverSoon(long delay) {
    if (process.isOver()) {
      return;
    }
    leadership.end();
    leadership = new Life("a leadership of " + name);
    led = null;
    sim.after(delay, leadership, this::takeOver);
  }

  private void takeOver() {
    if (isStandingStill(this::takeOver)) {
      return;
    }
    if (!log.isReachable()) {
      sim.after(Sim.SECOND, leadership, this::takeOver);
      return;
    }
    producerEpoch = log.fence(TRANSACTIONAL_ID);
    generation = log.generation();
    sim.after(sim.dice().between(20, 1_500), leadership, this::readEverything);
  }

  private void readEverything() {
    if (isStandingStill(this::readEverything)) {
      return;
    }
    if (!log.isReachable() || generation != log.generation()) {
      takeOverSoon(Sim.SECOND);
      return;
    }
    List<LogEntry> own = ownRecords();
    long newest = own.stream().mapToLong(SchedulerHost::epoch).max().orElse(0);
    long mine = newest == 0 ? sim.instant().getEpochSecond() : newest + 1;
    led = new LedPartition(0, mine, SimLog.PARTITIONS, this::brain, this, FULL_RECONCILE);
    own.forEach(led::fold);
    reader = reader(this::fold);
    INPUTS.forEach(topic -> addParts(reader, topic));
    reader.start(fromRecentHeartbeats());
    reader.readToEnd();
    seenAt = sim.now();
    led.caughtUp(sim.instant());
    sim.tally().count(Tally.Effect.LEADER_TOOK_OVER);
    sim.story().tell("%s leads with epoch %d on %s", name, mine, log.identity());
    turn();
  }

  /** What this scheduler or another one has written, read once. */
  private List<LogEntry> ownRecords() {
    List<LogEntry> own = new ArrayList<>();
    for (Topic topic : OWN) {
      for (SimLog.Part part : log.parts(topic)) {
        for (int i = 0; i < part.size(); i++) {
          own.add(new LogEntry(topic, part.at(i).key(), part.at(i).value(), sim.instant()));
        }
      }
    }
    return own;
  }

  private static long epoch(LogEntry entry) {
    return entry.value() instanceof TaskAssignment assignment ? assignment.epoch() : 0;
  }

  private WatchedBrain brain(String cluster, long epoch) {
    return new WatchedBrain(
        sim,
        new ReconciledCluster(
            new ClusterState(cluster, Machine.INSTALLATION, epoch, SETTINGS), new Ids()));
  }

  private LogReader reader(LogReader.Handler handler) {
    return new LogReader(
        sim, leadership, log, () -> sim.now() >= pausedUntil, 200, handler, this::turn);
  }

  private void addParts(LogReader to, Topic topic) {
    for (SimLog.Part part : log.parts(topic)) {
      to.add(part);
    }
  }

  private long[] fromRecentHeartbeats() {
    long[] from = new long[INPUTS.size()];
    int heartbeats = INPUTS.indexOf(Topic.CONTAINER_INSTANCE_HEARTBEAT);
    SimLog.Part part = log.parts(Topic.CONTAINER_INSTANCE_HEARTBEAT)[0];
    from[heartbeats] = part.end();
    for (int i = part.size() - 1; i >= 0 && part.at(i).at() >= sim.now() - STALE_AFTER; i--) {
      from[heartbeats] = part.at(i).offset();
    }
    return from;
  }

  private void fold(Topic topic, String key, Object value) {
    led.fold(new LogEntry(topic, key, value, sim.instant()));
  }

  private boolean isStandingStill(Runnable then) {
    if (sim.now() < pausedUntil) {
      sim.after(pausedUntil - sim.now(), leadership, then);
      return true;
    }
    return false;
  }

  private void turn() {
    if (led == null || leadership.isOver()) {
      return;
    }
    int mine = ++turns;
    if (sim.now() < pausedUntil) {
      again(mine, pausedUntil - sim.now());
      return;
    }
    if (!log.isReachable()) {
      again(mine, 200);
      return;
    }
    if (generation != log.generation()) {
      // The watch of the log looks once a second.
      sim.story().tell("%s: the log was replaced", name);
      takeOverSoon(sim.dice().between(100, 1_500));
      return;
    }
    if (sim.now() - seenAt > STALE_AFTER) {
      if (!reader.isAtEnd()) {
        again(mine, 50);
        return;
      }
      led.caughtUp(sim.instant());
    }
    seenAt = sim.now();
    try {
      led.decide(sim.instant(), this::commit);
    } catch (LeadershipLostException e) {
      sim.story().tell("%s gives up: %s", name, e.getMessage());
      if (wanted) {
        takeOverSoon(sim.dice().between(100, 2_000));
      } else {
        leadership.end();
      }
      return;
    }
    long wait = Duration.between(sim.instant(), led.wakeUpAt(sim.instant())).toMillis();
    again(mine, Math.min(Math.max(5, wait), 4 * Sim.SECOND));
  }

  private void again(int mine, long wait) {
    sim.after(
        wait,
        leadership,
        () -> {
          if (turns == mine) {
            turn();
          }
        });
  }

  private void commit(List<OutgoingRecord> plan, Instant decidedAt) {
    boolean written = true;
    if (dieInCommit || doubtCommit) {
      written = sim.dice().chance(0.5);
    }
    try {
      log.checkEpoch(TRANSACTIONAL_ID, producerEpoch);
    } catch (SimLog.FencedException e) {
      sim.tally().count(Tally.Effect.PLAN_REFUSED_BY_FENCING);
      throw new LeadershipLostException(e.getMessage(), e);
    }
    if (written) {
      sim.tally().count(Tally.Effect.PLAN_COMMITTED);
      plan.forEach(r -> log.append(r.topic(), r.key(), r.partitionKey(), r.value()));
    }
    if (dieInCommit) {
      dieInCommit = false;
      sim.tally().count(Fault.SCHEDULER_KILLED_IN_COMMIT);
      kill();
      throw new LeadershipLostException("killed in commit");
    }
    if (doubtCommit) {
      doubtCommit = false;
      sim.tally().count(Fault.OUTCOME_OF_COMMIT_UNKNOWN);
      throw new LeadershipLostException("the commit's answer was lost");
    }
  }

  @Override
  public void reconciled(String cluster, Duration took) {
    // Real time says nothing here.
  }

  @Override
  public void committed(String cluster, List<OutgoingRecord> plan, Duration took) {
    // Counted where it is written.
  }

  @Override
  public void transactionFailed(int partition, Throwable cause) {
    // Counted where it is refused.
  }

  @Override
  public void reconcileFailed(String cluster, RuntimeException defect) {
    java.io.StringWriter trace = new java.io.StringWriter();
    defect.printStackTrace(new java.io.PrintWriter(trace));
    sim.violated("Deciding failed with a defect: " + trace, cluster);
  }

  private final class Ids implements IdSource {
    @Override
    public String nextTaskId() {
      return sim.dice().hexId();
    }

    @Override
    public String nextEventId() {
      return "event-" + sim.dice().any();
    }

    @Override
    public long nextRandom() {
      return sim.dice().any();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
