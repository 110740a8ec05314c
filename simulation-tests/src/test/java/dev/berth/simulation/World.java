package dev.berth.simulation;

import dev.berth.api.domain.fold.InstanceRow;
import dev.berth.api.domain.fold.ServiceRow;
import dev.berth.api.domain.fold.TaskRow;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.service.ServiceStatusName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One cluster with all that belongs to it, its users, and what goes wrong; a seed decides all. */
final class World {
  private static final int MACHINES = 24;
  private static final int MOST_LOST = 3;
  private static final int SERVICES = 12;

  private final Sim sim;
  private final SimLog log;
  private final Referee referee;
  private final Database database;
  private final ApiHost api;
  private final Users users;
  private final Deployer deployer;
  private final SchedulerGroup group;
  private final List<SchedulerHost> schedulers;
  private final List<BalancerHost> balancers;
  private final List<Machine> machines = new ArrayList<>();
  private final Map<String, Machine> byHost = new HashMap<>();
  private final Faults faults;
  private final Convergence convergence;
  private int lost;
  private int born;
  private boolean usersActive = true;

  World(long seed) {
    sim = new Sim(seed);
    log = new SimLog(sim);
    referee = new Referee(sim);
    log.onAppend(referee::appended);
    log.onReplaced(referee::logReplaced);
    database = new Database(sim);
    api = new ApiHost(sim, log, database);
    users = new Users(sim, database, api);
    deployer = new Deployer(sim, database, users);
    schedulers =
        List.of(
            new SchedulerHost(sim, log, "scheduler-a"), new SchedulerHost(sim, log, "scheduler-b"));
    group = new SchedulerGroup(sim, schedulers);
    balancers =
        List.of(
            new BalancerHost(sim, log, "lb-1", byHost::get),
            new BalancerHost(sim, log, "lb-2", byHost::get));
    faults = new Faults(sim, this);
    convergence = new Convergence(this);
  }

  Sim sim() {
    return sim;
  }

  SimLog log() {
    return log;
  }

  Database database() {
    return database;
  }

  ApiHost api() {
    return api;
  }

  Users users() {
    return users;
  }

  Deployer deployer() {
    return deployer;
  }

  SchedulerGroup group() {
    return group;
  }

  List<BalancerHost> balancers() {
    return balancers;
  }

  List<Machine> machines() {
    return machines;
  }

  SchedulerHost anyScheduler() {
    return sim.dice().oneOf(schedulers);
  }

  boolean mayLoseOne() {
    if (lost < MOST_LOST) {
      lost++;
      return true;
    }
    return false;
  }

  void addMachine() {
    int number = ++born;
    Machine machine =
        new Machine(
            sim,
            log,
            referee,
            "i-" + number,
            "zone-" + number % 3,
            Providers.of(number),
            "10.0.0." + number);
    machines.add(machine);
    byHost.put(machine.host(), machine);
    machine.start();
  }

  /**
   * Lives for some hours with faults and changes, then without, and must be what users want.
   *
   * @throws Violation if something was seen that must not be
   */
  void live(int hours) {
    begin();
    long end = sim.now();
    for (int hour = 0; hour < hours; hour++) {
      long changes = sim.tally().changes();
      long struck = sim.tally().faults();
      end += Sim.HOUR;
      sim.runUntil(end - Sim.MINUTE);
      // No hour goes by with less than was promised of it.
      while (sim.tally().changes() - changes < 10) {
        if (api.isUp()) {
          change();
        } else {
          sim.runUntil(sim.now() + Sim.SECOND);
        }
      }
      end = Math.max(end, sim.now());
      while (sim.tally().faults() - struck < 10) {
        faults.strikeAny();
      }
      sim.runUntil(end);
      convergence.enoughGoesOn();
    }
    faults.stop();
    usersActive = false;
    convergence.calmDown();
    convergence.check();
  }

  private void begin() {
    users.createCluster();
    api.start();
    group.start();
    balancers.forEach(BalancerHost::start);
    for (int i = 0; i < MACHINES; i++) {
      addMachine();
    }
    for (int i = 0; i < SERVICES; i++) {
      users.createService("service-" + i, (int) sim.dice().between(14, 26), false, groupOf(i));
    }
    users.createService("daemon", 0, true, -1);
    users.createService(Deployer.SERVICE, (int) sim.dice().between(8, 16), false, -1);
    deployer.settle(database.serviceNamed(Deployer.SERVICE));
    housekeeping();
    sim.runUntil(sim.now() + 3 * Sim.MINUTE);
    faults.start();
    changes();
  }

  private void housekeeping() {
    sim.after(
        10 * Sim.MINUTE,
        Life.FOREVER,
        () -> {
          log.compact();
          convergence.nothingIsLost();
          housekeeping();
        });
    sim.after(2 * Sim.MINUTE, Life.FOREVER, group::startAllAgain);
  }

  private void changes() {
    sim.after(
        sim.dice().between(Sim.SECOND, 9 * Sim.MINUTE),
        Life.FOREVER,
        () -> {
          if (usersActive) {
            change();
            changes();
          }
        });
  }

  private void change() {
    if (!api.isUp()) {
      return;
    }
    Dice dice = sim.dice();
    List<ServiceRow> services = database.activeServices();
    ServiceRow service = dice.oneOf(services);
    if (Deployer.moves(service)) {
      moveSets(service);
      return;
    }
    switch (dice.below(17)) {
      case 0, 1 -> scale(service);
      case 2, 3, 4 -> deploy(service, dice.oneOf(List.of(Images.GOOD, Images.SLOW)));
      case 5 -> deploy(service, dice.oneOf(List.of(Images.CRASHING, Images.SICK, Images.MISSING)));
      case 6 -> {
        users.deployByForce(service);
        sim.tally().count(Tally.Change.SERVICE_DEPLOYED_AGAIN_BY_FORCE);
      }
      case 7 -> {
        if (!users.isDaemon(service)) {
          users.reconfigure(service, null);
          sim.tally().count(Tally.Change.SERVICE_RECONFIGURED);
        }
      }
      case 16 -> {
        List<ServiceRow> rolling =
            services.stream().filter(users::stopDeployment).limit(1).toList();
        if (!rolling.isEmpty()) {
          sim.tally().count(Tally.Change.DEPLOYMENT_STOPPED);
        }
      }
      case 8 -> createOrDelete(service, services.size());
      case 9, 10 -> {
        users.runTasks((int) dice.between(1, 8));
        sim.tally().count(Tally.Change.TASK_RUN);
      }
      case 11, 12 -> {
        List<TaskRow> live = users.liveTasks();
        if (!live.isEmpty()) {
          users.stopTask(dice.oneOf(live));
          sim.tally().count(Tally.Change.TASK_STOPPED);
        }
      }
      case 13 -> {
        List<TaskRow> live =
            users.liveTasks().stream().filter(t -> t.serviceName() != null).toList();
        for (int i = 0; i < 3 && !live.isEmpty(); i++) {
          users.protect(
              dice.oneOf(live), dice.chance(0.2) ? Duration.ZERO : Duration.ofMinutes(20));
          sim.tally().count(Tally.Change.TASK_PROTECTED);
        }
      }
      default -> changeInstance(dice.oneOf(database.instances()));
    }
  }

  private void moveSets(ServiceRow service) {
    if (sim.dice().chance(0.2)) {
      users.scale(service, (int) sim.dice().between(8, 16));
      sim.tally().count(Tally.Change.SERVICE_SCALED);
    } else {
      deployer.change(service);
      sim.tally().count(Tally.Change.TASK_SET_CHANGED);
    }
  }

  private void scale(ServiceRow service) {
    if (!users.isDaemon(service)) {
      users.scale(service, (int) sim.dice().between(14, 26));
      sim.tally().count(Tally.Change.SERVICE_SCALED);
    }
  }

  private void deploy(ServiceRow service, String image) {
    users.deploy(service, image);
    boolean good = image.equals(Images.GOOD) || image.equals(Images.SLOW);
    if (!good) {
      // Somebody notices, sooner or later.
      sim.after(
          sim.dice().between(Sim.MINUTE, 10 * Sim.MINUTE), Life.FOREVER, () -> mend(service.id()));
    }
    sim.tally().count(good ? Tally.Change.SERVICE_DEPLOYED : Tally.Change.SERVICE_DEPLOYED_BROKEN);
  }

  private void mend(String serviceId) {
    ServiceRow now = database.service(serviceId);
    if (now == null || now.status() != ServiceStatusName.ACTIVE) {
      return;
    }
    if (api.isUp()) {
      users.deploy(now, Images.GOOD);
    } else {
      sim.after(10 * Sim.SECOND, Life.FOREVER, () -> mend(serviceId));
    }
  }

  /** Every fourth service has a load balancer. */
  private static int groupOf(int service) {
    return service % 4 == 0 ? service / 4 : -1;
  }

  private void createOrDelete(ServiceRow service, int active) {
    for (int i = 0; i < SERVICES; i++) {
      String name = "service-" + i;
      if (!users.wishes().containsKey(name)
          && users.createService(name, (int) sim.dice().between(14, 26), false, groupOf(i))) {
        sim.tally().count(Tally.Change.SERVICE_CREATED);
        return;
      }
    }
    if (active > SERVICES - 1 && !users.isDaemon(service)) {
      users.delete(service);
      sim.tally().count(Tally.Change.SERVICE_DELETED);
    }
  }

  private void changeInstance(InstanceRow row) {
    long drained =
        database.instances().stream()
            .filter(i -> i.status() == InstanceStatusName.DRAINING)
            .count();
    switch (row.status()) {
      case ACTIVE -> {
        if (drained < 3) {
          users.want(row, InstanceStatusName.DRAINING, false);
          sim.tally().count(Tally.Change.INSTANCE_DRAINED);
        }
      }
      case DRAINING -> {
        if (sim.dice().chance(0.2)) {
          boolean force = sim.dice().chance(0.5);
          users.want(row, InstanceStatusName.INACTIVE, force);
          sim.tally()
              .count(
                  force
                      ? Tally.Change.INSTANCE_DEREGISTERED_BY_FORCE
                      : Tally.Change.INSTANCE_DEREGISTERED);
        } else {
          users.want(row, InstanceStatusName.ACTIVE, false);
          sim.tally().count(Tally.Change.INSTANCE_ACTIVATED);
        }
      }
      default -> {
        // Its owner starts the node again, which registers it anew.
        machines.stream()
            .filter(m -> m.id().equals(row.id()) && m.isUp())
            .forEach(
                m -> {
                  m.kill();
                  m.start();
                });
      }
    }
  }
}
