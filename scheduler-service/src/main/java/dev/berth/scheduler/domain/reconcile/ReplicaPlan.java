package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.scheduler.domain.state.DeploymentMemory;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a REPLICA service to its count, by its newest deployment, within its limits: never more
 * live tasks than maximumPercent by starting, never fewer healthy ones than minimumHealthyPercent
 * by stopping.
 */
final class ReplicaPlan {
  private final Planning planning;
  private final ServiceState service;
  private final ServiceTasks tasks;
  private final DeploymentLimits limits;
  private final int desiredCount;
  private final List<Member> live;
  private final ZoneBalance balance;
  private int healthy;
  private int proving;
  private int started;

  ReplicaPlan(Planning planning, ServiceState service, ServiceTasks tasks, List<Member> members) {
    this.planning = planning;
    this.service = service;
    this.tasks = tasks;
    this.desiredCount = service.desired().desiredCount();
    this.limits =
        DeploymentLimits.replica(service.desired().deploymentConfiguration(), desiredCount);
    this.live = new ArrayList<>(members);
    this.balance = new ZoneBalance(planning, service, tasks);
    for (Member member : live) {
      healthy += member.isHealthy() ? 1 : 0;
      proving += member.health().isProving() ? 1 : 0;
    }
  }

  void carryOut() {
    tasks.note(live);
    if (ServiceReport.isFrozen(service)) {
      stopExcess(live);
      return;
    }
    stopUseless();
    if (keepers() > desiredCount) {
      stopExcess(live.stream().filter(Member::isKeeper).toList());
    }
    int missing = desiredCount - keepers();
    Instant notBefore = missing > 0 ? backOff() : null;
    boolean held = notBefore != null && planning.now().isBefore(notBefore);
    if (held) {
      planning.lookAgain(new Subject.OfService(service.name()), notBefore);
    }
    if (missing > 0 && !held) {
      makeRoom(missing);
      missing -= start(missing);
    }
    replaceOld();
    stopReplacedUnhealthy();
    // What was just stopped may have made room for what is still missing.
    if (missing > 0 && !held) {
      missing -= start(missing);
      sayStuck(missing);
    }
    tasks.tellOfEnough(missing <= 0);
    balance.look(
        live,
        healthy,
        room(),
        BackOff.until(service.memory(service.primary().id()), desiredCount, planning.settings()));
  }

  private int keepers() {
    int keepers = 0;
    for (Member member : live) {
      keepers += member.isKeeper() ? 1 : 0;
    }
    return keepers;
  }

  private int room() {
    return limits.maxLive() - live.size() - started;
  }

  /** Tasks that serve nobody and will not: of old deployments, or on instances that get empty. */
  private void stopUseless() {
    for (Member member : List.copyOf(live)) {
      boolean unwanted = !member.primary() || member.leaving();
      boolean starting = member.health().isComing();
      if (unwanted && starting && !member.isProtected(planning.now())) {
        stop(member);
      } else if (!member.primary() && member.isUnhealthy() && !member.isProtected(planning.now())) {
        stopUnhealthy(member);
      }
    }
  }

  private void stopExcess(List<Member> keepers) {
    int excess = keepers.size() - desiredCount;
    if (balance.isMoving()) {
      // The new tasks are there on purpose: only what they have replaced may go.
      long started = keepers.stream().filter(Member::isHealthy).count();
      excess = (int) Math.min(excess, started - desiredCount);
    }
    if (excess <= 0) {
      return;
    }
    Victims victims =
        new Victims(
            keepers.stream()
                .filter(m -> !m.isProtected(planning.now()))
                .filter(m -> m.isHealthy() || !balance.isMoving())
                .toList(),
            keepers,
            service.desired().placementStrategy(),
            service.capacityProviderStrategy(service.primary()));
    for (; excess > 0; excess--) {
      Member victim = victims.next();
      if (victim == null || !mayStop(victim)) {
        return;
      }
      stop(victim);
    }
  }

  private boolean mayStop(Member member) {
    if (member.isHealthy()) {
      return healthy > limits.minHealthy();
    }
    // What has yet to prove itself takes nobody's place, but it serves: of such tasks, too, only
    // those may go that nobody would miss.
    return !member.health().isProving() || healthy + proving > limits.minHealthy();
  }

  private Instant backOff() {
    DeploymentDesired primary = service.primary();
    DeploymentMemory memory = service.memory(primary.id());
    if (BackOff.applies(memory, desiredCount)) {
      planning.sayOnce(
          service,
          "impaired " + primary.id(),
          Duration.ofHours(6),
          Sentence.warn(
              "SERVICE_TASK_START_IMPAIRED",
              primary.id(),
              "is unable to consistently start tasks successfully."));
    }
    return BackOff.until(memory, desiredCount, planning.settings());
  }

  /** Unhealthy tasks stay until they are replaced, unless there is no room for replacements. */
  private void makeRoom(int missing) {
    int room = room();
    for (Member member : List.copyOf(live)) {
      if (room >= missing) {
        return;
      }
      if (member.isUnhealthy() && !member.isProtected(planning.now())) {
        stopUnhealthy(member);
        room++;
      }
    }
  }

  private int start(int missing) {
    int count = Math.min(missing, room());
    if (count <= 0) {
      return 0;
    }
    int placed = tasks.start(service.primary(), count);
    started += placed;
    return placed;
  }

  /** Healthy tasks that shall go, as far as enough healthy ones remain. */
  private void replaceOld() {
    List<Member> candidates =
        live.stream()
            .filter(m -> m.isHealthy() && (!m.primary() || m.leaving()))
            .filter(m -> !m.isProtected(planning.now()))
            .toList();
    if (candidates.isEmpty()) {
      return;
    }
    Victims victims =
        new Victims(candidates, live, service.desired().placementStrategy(), List.of());
    for (Member victim = victims.next(); victim != null; victim = victims.next()) {
      if (!mayStop(victim)) {
        return;
      }
      stop(victim);
    }
  }

  private void stopReplacedUnhealthy() {
    long replaced = live.stream().filter(m -> m.isKeeper() && m.isHealthy()).count();
    if (replaced < desiredCount) {
      return;
    }
    for (Member member : List.copyOf(live)) {
      if (member.isUnhealthy() && !member.isProtected(planning.now())) {
        stopUnhealthy(member);
      }
    }
  }

  private void sayStuck(int missing) {
    boolean noRoom = room() <= 0;
    boolean nothingStops =
        live.stream().allMatch(m -> m.isKeeper() || (m.isHealthy() && !mayStop(m)));
    boolean allUp = live.stream().allMatch(Member::isHealthy);
    if (missing > 0 && noRoom && nothingStops && allUp && limits.minHealthy() >= healthy) {
      planning.sayOnce(
          service,
          "stuck " + service.primary().id(),
          Duration.ofHours(6),
          Sentence.warn(
              "SERVICE_DEPLOYMENT_BLOCKED",
              service.primary().id(),
              "was unable to stop or start tasks during a deployment because of the service"
                  + " deployment configuration. Update the minimumHealthyPercent or"
                  + " maximumPercent value and try again."));
    }
  }

  private void stop(Member member) {
    tasks.scale(member);
    gone(member);
  }

  private void stopUnhealthy(Member member) {
    tasks.stop(member.task(), member.health().reason());
    gone(member);
  }

  private void gone(Member member) {
    live.remove(member);
    if (member.isHealthy()) {
      healthy--;
    } else if (member.health().isProving()) {
      proving--;
    }
  }
}
