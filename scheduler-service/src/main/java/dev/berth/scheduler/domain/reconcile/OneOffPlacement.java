package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.task.RefusalReason;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.RunTaskSpec;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.placement.Candidates;
import dev.berth.scheduler.domain.placement.CapacityShares;
import dev.berth.scheduler.domain.placement.PlacementRequest;
import dev.berth.scheduler.domain.placement.Refusal;
import dev.berth.scheduler.domain.placement.TaskResources;
import dev.berth.scheduler.domain.state.Attention;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.Subject;
import dev.berth.scheduler.domain.state.TaskState;
import dev.berth.scheduler.domain.state.Waits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Places the tasks of RunTask and StartTask, each once, or refuses them for good. */
final class OneOffPlacement {
  private final Planning planning;
  private final Orders orders;
  private final CapacityNeed need;
  private final Map<String, Lacking> lacking = new LinkedHashMap<>();

  /** A task that found no room. */
  private record Lacking(
      RunTaskSpec run, String provider, Resources needs, Candidates candidates) {}

  OneOffPlacement(Planning planning, Orders orders) {
    this.planning = planning;
    this.orders = orders;
    this.need = new CapacityNeed(planning);
  }

  void look(TaskState task) {
    if (task.desired() == null || task.desired().run() == null || task.isDecided()) {
      return;
    }
    RunTaskSpec run = task.desired().run();
    if (run.taskDefinition() == null) {
      refuse(
          task, 0, List.of(new RefusalReason("MISSING", "It has no task definition.", 0)), false);
      return;
    }
    if (Recovery.holdsBack(planning, run.createdAt())) {
      return; // it may run on an instance that hasn't said so yet
    }
    if (run.expiresAt() != null && !planning.now().isBefore(run.expiresAt())) {
      refuse(
          task,
          0,
          List.of(new RefusalReason("EXPIRED", "It was not placed before it expired.", 0)),
          true);
      return;
    }
    place(task, run);
  }

  /** Users changed their mind before the task was placed. */
  void stopBeforePlaced(TaskState task, StopCode code, String reason) {
    RunTaskSpec run = task.desired().run();
    if (run == null || run.taskDefinition() == null || task.isDecided()) {
      return;
    }
    if (Recovery.holdsBack(planning, run.createdAt())) {
      return; // it may run on an instance that hasn't said so yet
    }
    Resources needs = TaskResources.of(run.taskDefinition(), run.overrides());
    TaskAssignment closed = orders.closed(orders.forOneOff(task, null, null, needs), code, reason);
    planning.decide(
        new Decision.RefuseTask(orders.verdict(closed, VerdictOutcome.REFUSED), closed));
    waitsNoMore(task, run);
  }

  private void place(TaskState task, RunTaskSpec run) {
    Resources needs = TaskResources.of(run.taskDefinition(), run.overrides());
    InstanceState named = null;
    if (run.containerInstance() != null) {
      named = planning.state().instance(run.containerInstance());
      if (named == null) {
        refuse(
            task,
            0,
            List.of(
                new RefusalReason(
                    "MISSING",
                    "Container instance " + run.containerInstance() + " does not exist.",
                    0)),
            false);
        return;
      }
    }
    String provider = providerOf(task, run);
    PlacementRequest request =
        PlacementRequest.of(
                Orders.groupOf(run),
                run.taskDefinition(),
                needs,
                run.placementConstraints(),
                run.placementStrategy())
            .on(run.launchType(), provider);
    Candidates candidates =
        named == null
            ? planning.placements().candidates(request)
            : planning.placements().candidates(request, List.of(named));
    InstanceState chosen = candidates.best(planning.now());
    if (chosen == null) {
      noRoom(task, run, provider, needs, candidates);
      return;
    }
    countShare(task, run, provider);
    TaskAssignment placed = orders.forOneOff(task, chosen.id(), provider, needs);
    planning.decide(
        new Decision.PlaceTask(
            placed, orders.order(placed), orders.verdict(placed, VerdictOutcome.PLACED)));
    waitsNoMore(task, run);
  }

  private String providerOf(TaskState task, RunTaskSpec run) {
    if (task.isQueued()) {
      return task.queuedFor();
    }
    if (run.capacityProviderStrategy().isEmpty()) {
      return null;
    }
    return new CapacityShares(
            run.capacityProviderStrategy(), planning.state().attention().shares(requestOf(run)))
        .next();
  }

  /** The tasks of one RunTask are shared among providers together, those that find no room too. */
  private void countShare(TaskState task, RunTaskSpec run, String provider) {
    if (provider != null && !task.isQueued()) {
      planning.state().attention().countsShare(requestOf(run), provider);
    }
  }

  private static Attention.Request requestOf(RunTaskSpec run) {
    return new Attention.Request(Orders.groupOf(run), run.startedBy(), run.createdAt());
  }

  private void noRoom(
      TaskState task, RunTaskSpec run, String provider, Resources needs, Candidates candidates) {
    if (run.placementTimeoutSeconds() != null
        && run.placementTimeoutSeconds() > 0
        && run.expiresAt() != null) {
      holdOn(task, run);
      queue(task, run, provider, needs, candidates);
      return;
    }
    Refusal refusal = candidates.refusal(planning.now());
    if (planning.state().hearing().isRecovering() && refusal.canWaitHelp()) {
      holdOn(task, run); // until instances have told what they run
      return;
    }
    countShare(task, run, provider);
    refuse(task, provider, refusal.considered(), refusal.reasons(), refusal.canWaitHelp());
  }

  private void queue(
      TaskState task, RunTaskSpec run, String provider, Resources needs, Candidates candidates) {
    countShare(task, run, provider);
    if (!task.isQueued()) {
      Refusal refusal = candidates.refusal(planning.now());
      TaskAssignment waiting = orders.forOneOff(task, null, provider, needs);
      planning.decide(
          new Decision.QueueTask(orders.queued(waiting, refusal.considered(), refusal.reasons())));
      waits().waits(who(run), provider, task.taskId());
    }
    lacking.putIfAbsent(who(run) + " " + provider, new Lacking(run, provider, needs, candidates));
  }

  private void holdOn(TaskState task, RunTaskSpec run) {
    Subject subject = new Subject.OfTask(task.taskId());
    planning.state().attention().waitForRoom(subject);
    if (run.expiresAt() != null) {
      planning.lookAgain(subject, run.expiresAt());
    }
  }

  /** Asks for the instances that what was looked at lacks; once for all tasks of a group. */
  void tellOfNeed() {
    for (Lacking one : lacking.values()) {
      String group = Orders.groupOf(one.run());
      CapacityNeed.Waiting waiting =
          new CapacityNeed.Waiting(
              null,
              group,
              one.provider(),
              one.needs(),
              waits().waiting(who(one.run()), one.provider()));
      if (waiting.count() > 0 && need.isDue(waiting)) {
        need.more(waiting, one.candidates().refusal(planning.now()));
      }
    }
    lacking.clear();
  }

  private void waitsNoMore(TaskState task, RunTaskSpec run) {
    if (task.isQueued()) {
      waits().waitsNoMore(who(run), task.queuedFor(), task.taskId());
      need.enough(null, Orders.groupOf(run), waits().lacking(who(run)));
    }
  }

  private Waits waits() {
    return planning.state().attention().waits();
  }

  private static String who(RunTaskSpec run) {
    return CapacityNeed.who(null, Orders.groupOf(run));
  }

  private void refuse(
      TaskState task, int considered, List<RefusalReason> reasons, boolean canWaitHelp) {
    refuse(task, task.queuedFor(), considered, reasons, canWaitHelp);
  }

  private void refuse(
      TaskState task,
      String provider,
      int considered,
      List<RefusalReason> reasons,
      boolean canWaitHelp) {
    RunTaskSpec run = task.desired().run();
    TaskAssignment memory =
        new TaskAssignment(
            task.taskId(),
            planning.state().cluster(),
            planning.nextVersion(),
            planning.state().epoch(),
            null,
            run.taskDefinition() == null ? null : run.taskDefinition().taskDefinitionArn(),
            null,
            null,
            null,
            run.taskDefinition() == null ? run.group() : Orders.groupOf(run),
            run.startedBy(),
            null,
            TaskLifecycle.STOPPED,
            StopCode.TaskFailedToStart,
            reasons.isEmpty() ? null : reasons.getFirst().code(),
            List.of(),
            run.createdAt(),
            null,
            null,
            provider,
            planning.recoveringSince());
    planning.decide(
        new Decision.RefuseTask(
            orders.verdict(memory, VerdictOutcome.REFUSED, considered, reasons, canWaitHelp),
            memory));
    planning.state().attention().touch(new Subject.OfTask(task.taskId()));
    if (run.taskDefinition() != null) {
      waitsNoMore(task, run);
    }
  }
}
