package dev.berth.simulation;

import dev.berth.api.domain.fold.InstanceRow;
import dev.berth.api.domain.fold.ServiceRow;
import dev.berth.api.domain.fold.TaskRow;
import dev.berth.contracts.Versioned;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.node.domain.container.BerthLabels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the world is, or becomes, what users want. */
final class Convergence {
  private static final int[] EASY = {50, 200};
  private static final int LEAST_MACHINES = 20;
  private static final int LEAST_TASKS = 200;
  private static final long AT_MOST = 50 * Sim.MINUTE;

  private final World world;
  private final Sim sim;

  Convergence(World world) {
    this.world = world;
    this.sim = world.sim();
  }

  /** An hour counts only if there was enough in it to go wrong. */
  void enoughGoesOn() {
    long machines = world.machines().stream().filter(m -> !m.isGoneForGood()).count();
    int tasks = 0;
    for (Machine machine : world.machines()) {
      tasks +=
          (int)
              machine.docker().containers().stream().filter(SimDocker.Container::isRunning).count();
    }
    int wanted = world.users().wishes().values().stream().mapToInt(Users.Wish::desiredCount).sum();
    int wantedInAll = wanted + (int) machines;
    if (machines < LEAST_MACHINES || Math.max(tasks, wantedInAll) < LEAST_TASKS) {
      sim.violated(
          "Too little goes on: %d machines, %d tasks running, %d wanted"
              .formatted(machines, tasks, wanted));
    }
  }

  /** What users were answered stands in the rows, and what stands in the rows is in the log. */
  void nothingIsLost() {
    world
        .users()
        .wishes()
        .forEach(
            (name, wish) -> {
              ServiceRow row = world.database().service(wish.serviceId());
              if (row == null
                  || row.desired().desiredCount() != wish.desiredCount()
                  || !stands(row, wish)) {
                sim.violated("What users want of " + name + " was lost: " + wish, name);
              }
            });
    SimLog log = world.log();
    if (!log.identity().equals(world.database().publishedLog())) {
      return;
    }
    Set<String> waiting = new HashSet<>();
    world.database().outbox().forEach(row -> waiting.add(row.topic() + row.key()));
    for (Database.Outgoing row : world.database().everything()) {
      Versioned desired = (Versioned) world.database().current(row.topic(), row.key());
      Object published = log.latest(row.topic(), row.key());
      boolean current =
          published instanceof Versioned known && known.version() == desired.version();
      if (!current && !waiting.contains(row.topic() + row.key())) {
        sim.violated(
            "The log has %s of %s, and nobody is going to publish version %d"
                .formatted(
                    published instanceof Versioned v ? "version " + v.version() : "nothing",
                    row.key(),
                    desired.version()),
            row.key());
      }
    }
  }

  private boolean stands(ServiceRow row, Users.Wish wish) {
    if (Deployer.moves(row)) {
      return world.deployer().stands(row);
    }
    DeploymentDesired primary = primary(row);
    return primary.taskDefinition().taskDefinitionArn().equals(wish.taskDefinitionArn());
  }

  private static DeploymentDesired primary(ServiceRow row) {
    return row.desired().deployments().getFirst();
  }

  /** Faults have ended; users ask for nothing that can't be had. */
  void calmDown() {
    sim.story().tell("Everything calms down");
    sim.runUntil(sim.now() + 16 * Sim.MINUTE);
    for (InstanceRow row : world.database().instances()) {
      if (row.status() == InstanceStatusName.DRAINING) {
        world.users().want(row, InstanceStatusName.ACTIVE, false);
      }
    }
    for (ServiceRow service : world.database().activeServices()) {
      if (Deployer.moves(service)) {
        world.deployer().settle(service);
        continue;
      }
      if (!world.users().isDaemon(service)) {
        world.users().reconfigure(service, EASY);
        world.users().scale(world.database().service(service.id()), 15);
      }
      world.users().deploy(world.database().service(service.id()), Images.GOOD);
    }
    long end = sim.now() + AT_MOST;
    while (sim.now() < end && !differences().isEmpty()) {
      sim.runUntil(sim.now() + 30 * Sim.SECOND);
    }
  }

  /** The world is what users want. */
  void check() {
    nothingIsLost();
    List<String> differences = differences();
    if (!differences.isEmpty()) {
      throw new Violation(
          "Hours after the last fault the cluster is not what users want: " + differences,
          differences.getFirst().split(":")[0]);
    }
  }

  private List<String> differences() {
    List<String> differences = new ArrayList<>();
    Map<String, Map<String, Integer>> running = new HashMap<>();
    Map<String, Map<String, Integer>> providers = new HashMap<>();
    Set<String> runningTasks = new HashSet<>();
    for (Machine machine : world.machines()) {
      for (SimDocker.Container container : machine.docker().containers()) {
        if (container.isRunning()) {
          runningTasks.add(container.taskId());
          look(machine, container, running, differences);
          if (container.label(BerthLabels.SERVICE_ID) != null) {
            providers
                .computeIfAbsent(container.label(BerthLabels.SERVICE_ID), id -> new HashMap<>())
                .merge(machine.provider(), 1, Integer::sum);
          }
        }
      }
    }
    for (ServiceRow row : world.database().services()) {
      service(row, running.getOrDefault(row.id(), Map.of()), differences);
      String unfair =
          row.desired().capacityProviderStrategy().isEmpty() || !running.containsKey(row.id())
              ? null
              : Providers.complaint(
                  row.desired().capacityProviderStrategy(), providers.get(row.id()));
      if (unfair != null) {
        differences.add(row.name() + ": " + unfair);
      }
    }
    for (TaskRow row : world.database().tasks()) {
      if (row.serviceName() == null && row.lastStatus() != TaskLifecycle.STOPPED) {
        differences.add(row.id() + ": a one-off task is still " + row.lastStatus());
      } else if (row.lastStatus() != TaskLifecycle.STOPPED && !runningTasks.contains(row.id())) {
        differences.add(row.id() + ": runs nowhere and is " + row.lastStatus());
      }
    }
    return differences;
  }

  private void look(
      Machine machine,
      SimDocker.Container container,
      Map<String, Map<String, Integer>> running,
      List<String> differences) {
    String serviceId = container.label(BerthLabels.SERVICE_ID);
    if (serviceId != null) {
      running
          .computeIfAbsent(serviceId, id -> new HashMap<>())
          .merge(container.label(BerthLabels.DEPLOYMENT_ID), 1, Integer::sum);
    }
    TaskRow row = world.database().task(container.taskId());
    if (row == null || row.lastStatus() == TaskLifecycle.STOPPED) {
      differences.add(
          container.taskId()
              + ": runs on "
              + machine
              + " and is "
              + (row == null ? "unknown" : "STOPPED")
              + " to api-service");
    }
  }

  private void service(ServiceRow row, Map<String, Integer> running, List<String> differences) {
    Map<String, Integer> wanted = new HashMap<>();
    Users.Wish wish = world.users().wishes().get(row.name());
    if (Deployer.moves(row)) {
      wanted.putAll(Deployer.wanted(row));
      if (row.seen() == null || !row.seen().steady()) {
        differences.add(row.name() + ": is not steady");
      }
    } else if (wish != null && wish.serviceId().equals(row.id())) {
      int count =
          world.users().isDaemon(row)
              ? Math.max(running.getOrDefault(primary(row).id(), 0), instancesWithRoom())
              : wish.desiredCount();
      wanted.put(primary(row).id(), count);
      // A daemon may wait for room on instances that other services have filled.
      boolean settles = !world.users().isDaemon(row) || count == activeInstances();
      if (settles && (row.seen() == null || !row.seen().steady())) {
        differences.add(row.name() + ": is not steady");
      }
    }
    if (!running.equals(wanted)) {
      differences.add(row.name() + ": runs " + running + ", wanted is " + wanted);
    }
  }

  private int activeInstances() {
    return (int)
        world.database().instances().stream()
            .filter(row -> row.status() == InstanceStatusName.ACTIVE)
            .count();
  }

  /** ACTIVE instances that could still take a daemon, and those that have one. */
  private int instancesWithRoom() {
    return (int)
        world.database().instances().stream()
            .filter(row -> row.status() == InstanceStatusName.ACTIVE)
            .filter(
                row ->
                    world.machines().stream()
                        .anyMatch(m -> m.id().equals(row.id()) && m.isConnected() && hasRoom(m)))
            .count();
  }

  private static boolean hasRoom(Machine machine) {
    int cpu = machine.size().cpu();
    int memory = machine.size().memory();
    for (SimDocker.Container container : machine.docker().containers()) {
      if (container.isRunning()) {
        if ("daemon".equals(container.label(BerthLabels.SERVICE_NAME))) {
          return true;
        }
        cpu -= Integer.parseInt(container.label(BerthLabels.CPU));
        memory -= Integer.parseInt(container.label(BerthLabels.MEMORY));
      }
    }
    return cpu >= 384 && memory >= 640;
  }
}
