package dev.berth.simulation;

import dev.berth.api.domain.fold.ServiceRow;
import dev.berth.api.domain.service.ResolvedRequest;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.TaskSetRequest;
import dev.berth.api.domain.service.TaskSets;
import dev.berth.contracts.service.DeploymentControllerType;
import dev.berth.contracts.service.Scale;
import dev.berth.contracts.service.TaskSetDesired;
import dev.berth.contracts.service.TaskSetStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Somebody else's tool, which moves a service of the EXTERNAL controller by its task sets. */
final class Deployer {
  static final String SERVICE = "external";
  private static final int MOST_SETS = 4;

  private final Sim sim;
  private final Database database;
  private final Users users;
  private final Map<String, Double> answered = new TreeMap<>();

  Deployer(Sim sim, Database database, Users users) {
    this.sim = sim;
    this.database = database;
    this.users = users;
  }

  static boolean moves(ServiceRow row) {
    return row.desired().deploymentController() != null
        && row.desired().deploymentController().type() == DeploymentControllerType.EXTERNAL;
  }

  /** Does one of the things that such tools do. */
  void change(ServiceRow row) {
    List<TaskSetDesired> sets = live(row);
    switch (sim.dice().below(5)) {
      case 0, 1 -> {
        if (sets.size() < MOST_SETS) {
          String image =
              sim.dice().oneOf(List.of(Images.GOOD, Images.GOOD, Images.SLOW, Images.CRASHING));
          create(row, image, sim.dice().between(0, 1_000) / 10.0);
        }
      }
      case 2 -> sets.stream().findFirst().ifPresent(set -> promote(row, set.id()));
      case 3 -> {
        if (!sets.isEmpty()) {
          scale(row, sim.dice().oneOf(sets).id(), sim.dice().between(0, 1_000) / 10.0);
        }
      }
      default -> {
        if (!sets.isEmpty()) {
          delete(row, sim.dice().oneOf(sets).id());
        }
      }
    }
  }

  /** Leaves two good sets that share the service, and no other. */
  void settle(ServiceRow row) {
    live(row).forEach(set -> delete(database.service(row.id()), set.id()));
    long tenths = sim.dice().between(1, 999);
    create(database.service(row.id()), Images.GOOD, tenths / 10.0);
    create(database.service(row.id()), Images.GOOD, (1_000 - tenths) / 10.0);
  }

  private static List<TaskSetDesired> live(ServiceRow row) {
    return row.desired().taskSets().stream()
        .filter(set -> set.status() != TaskSetStatus.DRAINING)
        .toList();
  }

  private void create(ServiceRow row, String image, double percent) {
    String id = "ecs-svc/set-" + users.nextId();
    sim.story().tell("deployer: creates %s of %s with %s, %s %%", id, row.name(), image, percent);
    save(
        TaskSets.created(
            Users.domain(row),
            Records.of(
                TaskSetRequest.class, "scale", new Scale(percent, "PERCENT"), "tags", List.of()),
            new ResolvedRequest(
                users.definition(row.name(), image, false), List.of(), List.of(), "EC2", List.of()),
            id,
            database.nextVersion(),
            sim.instant()));
  }

  private void scale(ServiceRow row, String id, double percent) {
    sim.story().tell("deployer: scales %s of %s to %s %%", id, row.name(), percent);
    save(
        TaskSets.scaled(
            Users.domain(row),
            id,
            new Scale(percent, "PERCENT"),
            database.nextVersion(),
            sim.instant()));
  }

  private void promote(ServiceRow row, String id) {
    sim.story().tell("deployer: %s of %s is the PRIMARY one", id, row.name());
    save(TaskSets.promoted(Users.domain(row), id, database.nextVersion(), sim.instant()));
  }

  private void delete(ServiceRow row, String id) {
    sim.story().tell("deployer: deletes %s of %s", id, row.name());
    save(TaskSets.draining(Users.domain(row), id, database.nextVersion(), sim.instant()));
  }

  private void save(Service service) {
    answered.clear();
    service
        .desired()
        .taskSets()
        .forEach(
            set -> {
              if (set.status() != TaskSetStatus.DRAINING) {
                answered.put(set.id(), set.scale().value());
              }
            });
    users.save(service);
  }

  /** Whether the sets are those that it was answered last. */
  boolean stands(ServiceRow row) {
    Map<String, Double> there = new TreeMap<>();
    live(row).forEach(set -> there.put(set.id(), set.scale().value()));
    return there.equals(answered);
  }

  /** How many tasks each set is to have: its share, rounded up. */
  static Map<String, Integer> wanted(ServiceRow row) {
    Map<String, Integer> wanted = new TreeMap<>();
    for (TaskSetDesired set : live(row)) {
      long tenths = Math.round(set.scale().value() * 10);
      int count = (int) Math.ceilDiv(tenths * row.desired().desiredCount(), 1_000L);
      if (count > 0) {
        wanted.put(set.id(), count);
      }
    }
    return wanted;
  }
}
