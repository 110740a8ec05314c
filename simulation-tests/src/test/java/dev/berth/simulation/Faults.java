package dev.berth.simulation;

import java.util.ArrayList;
import java.util.List;

/** Deals the blows, each of which ends after a while. */
final class Faults {
  /** How often each kind comes, compared with the others. */
  private static final List<Fault> CHOICES = choices();

  private final Sim sim;
  private final Dice dice;
  private final World world;
  private boolean on = true;

  Faults(Sim sim, World world) {
    this.sim = sim;
    this.dice = sim.dice();
    this.world = world;
  }

  private static List<Fault> choices() {
    List<Fault> choices = new ArrayList<>();
    add(choices, 6, Fault.SCHEDULER_KILLED);
    add(choices, 4, Fault.SCHEDULER_STOOD_STILL);
    add(choices, 6, Fault.TWO_SCHEDULERS_LEAD);
    add(choices, 4, Fault.OUTCOME_OF_COMMIT_UNKNOWN);
    add(choices, 4, Fault.SCHEDULER_KILLED_IN_COMMIT);
    add(choices, 5, Fault.API_KILLED);
    add(choices, 4, Fault.LB_KILLED);
    add(choices, 10, Fault.NODE_KILLED);
    add(choices, 6, Fault.NODE_KILLED_IN_JOURNAL);
    add(choices, 9, Fault.NODE_PARTITIONED);
    add(choices, 4, Fault.MACHINE_REBOOTED);
    add(choices, 3, Fault.MACHINE_LOST_FOR_A_WHILE);
    add(choices, 1, Fault.MACHINE_LOST_FOR_GOOD);
    add(choices, 2, Fault.JOURNAL_REFUSES);
    add(choices, 4, Fault.DOCKER_AWAY);
    add(choices, 4, Fault.DOCKER_SLOW);
    add(choices, 3, Fault.DOCKER_REFUSES_PULL);
    add(choices, 3, Fault.DOCKER_REFUSES_CREATE);
    add(choices, 3, Fault.DOCKER_REFUSES_START);
    add(choices, 8, Fault.CONTAINER_DIED);
    add(choices, 3, Fault.CONTAINER_OUT_OF_MEMORY);
    add(choices, 4, Fault.CONTAINER_REMOVED);
    add(choices, 3, Fault.CONTAINER_UNHEALTHY);
    add(choices, 3, Fault.TARGET_UNHEALTHY);
    add(choices, 5, Fault.CONSUMER_STUCK);
    add(choices, 5, Fault.MESSAGES_READ_AGAIN);
    add(choices, 4, Fault.KAFKA_AWAY);
    add(choices, 2, Fault.KAFKA_EMPTIED);
    return List.copyOf(choices);
  }

  private static void add(List<Fault> choices, int weight, Fault fault) {
    for (int i = 0; i < weight; i++) {
      choices.add(fault);
    }
  }

  /** No more of them; those under way end in their time. */
  void stop() {
    on = false;
  }

  /** Begins to deal one every few minutes. */
  void start() {
    sim.after(
        dice.between(Sim.SECOND, 8 * Sim.MINUTE),
        Life.FOREVER,
        () -> {
          if (on) {
            strike(dice.oneOf(CHOICES));
            start();
          }
        });
  }

  /** Deals one now. */
  void strikeAny() {
    strike(dice.oneOf(CHOICES));
  }

  private void later(long least, long most, Runnable action) {
    sim.after(dice.between(least * Sim.SECOND, most * Sim.SECOND), Life.FOREVER, action);
  }

  private void strike(Fault fault) {
    switch (fault) {
      case SCHEDULER_KILLED,
          SCHEDULER_STOOD_STILL,
          TWO_SCHEDULERS_LEAD,
          OUTCOME_OF_COMMIT_UNKNOWN,
          SCHEDULER_KILLED_IN_COMMIT ->
          strikeScheduler(fault);
      case API_KILLED, LB_KILLED, CONSUMER_STUCK, MESSAGES_READ_AGAIN -> strikeService(fault);
      case KAFKA_AWAY -> {
        if (world.log().isReachable()) {
          dealt(fault, "everybody");
          world.log().reachable(false);
          later(5, 90, () -> world.log().reachable(true));
        }
      }
      case KAFKA_EMPTIED -> {
        dealt(fault, "everybody");
        world.log().empty();
      }
      case CONTAINER_DIED,
          CONTAINER_OUT_OF_MEMORY,
          CONTAINER_REMOVED,
          CONTAINER_UNHEALTHY,
          TARGET_UNHEALTHY ->
          strikeContainer(fault);
      default -> strikeMachine(fault);
    }
  }

  private void dealt(Fault fault, Object whom) {
    sim.tally().count(fault);
    sim.story().tell("FAULT %s strikes %s", fault, whom);
  }

  private void strikeScheduler(Fault fault) {
    SchedulerHost leader = world.group().leader();
    switch (fault) {
      case SCHEDULER_KILLED -> {
        SchedulerHost victim = leader != null && dice.chance(0.8) ? leader : world.anyScheduler();
        if (victim.isUp()) {
          dealt(fault, victim);
          world.group().kill(victim);
        }
      }
      case SCHEDULER_STOOD_STILL -> {
        if (leader != null && leader.leads()) {
          dealt(fault, leader);
          leader.pause(dice.between(2 * Sim.SECOND, 2 * Sim.MINUTE));
        }
      }
      case TWO_SCHEDULERS_LEAD -> {
        if (leader != null && leader.leads() && world.group().passOnUnnoticed()) {
          dealt(fault, leader);
        }
      }
      default -> {
        if (leader != null && leader.leads()) {
          sim.story().tell("FAULT %s awaits %s", fault, leader);
          leader.disturbNextCommit(fault == Fault.SCHEDULER_KILLED_IN_COMMIT);
        }
      }
    }
  }

  private void strikeService(Fault fault) {
    switch (fault) {
      case API_KILLED -> {
        if (world.api().isUp()) {
          dealt(fault, "api-service");
          world.api().kill();
          later(2, 90, world.api()::start);
        }
      }
      case LB_KILLED -> {
        BalancerHost balancer = dice.oneOf(world.balancers());
        if (balancer.isUp()) {
          dealt(fault, balancer);
          balancer.kill();
          later(2, 120, balancer::start);
        }
      }
      case MESSAGES_READ_AGAIN -> {
        if (world.api().isUp()) {
          dealt(fault, "api-service");
          world.api().readAgain(dice.between(1, 300));
        }
      }
      default -> {
        List<LogReader> readers = new ArrayList<>();
        readers.add(world.api().reader());
        world.balancers().forEach(b -> readers.add(b.reader()));
        world.machines().stream()
            .filter(m -> m.reader() != null)
            .forEach(m -> readers.add(m.reader()));
        LogReader reader = dice.oneOf(readers);
        dealt(fault, reader.life());
        reader.stick(dice.between(5 * Sim.SECOND, 2 * Sim.MINUTE));
      }
    }
  }

  private void strikeMachine(Fault fault) {
    List<Machine> up = world.machines().stream().filter(Machine::isUp).toList();
    if (up.isEmpty()) {
      return;
    }
    Machine machine = dice.oneOf(up);
    switch (fault) {
      case NODE_KILLED -> {
        dealt(fault, machine);
        machine.kill();
        later(1, 120, machine::start);
      }
      case NODE_KILLED_IN_JOURNAL -> awaitJournal(machine);
      case NODE_PARTITIONED -> {
        if (machine.isConnected()) {
          dealt(fault, machine);
          machine.connected(false);
          later(5, 400, () -> machine.connected(true));
        }
      }
      case MACHINE_REBOOTED -> {
        dealt(fault, machine);
        machine.powerOff();
        later(15, 50, machine::powerOn);
      }
      case MACHINE_LOST_FOR_A_WHILE -> {
        dealt(fault, machine);
        machine.powerOff();
        later(120, 900, machine::powerOn);
      }
      case MACHINE_LOST_FOR_GOOD -> {
        if (world.mayLoseOne()) {
          dealt(fault, machine);
          machine.goneForGood();
          later(60, 900, world::addMachine);
        }
      }
      case JOURNAL_REFUSES -> {
        dealt(fault, machine);
        machine.journal().refuse(dice.between(5 * Sim.SECOND, Sim.MINUTE));
      }
      case DOCKER_AWAY -> {
        if (!machine.docker().isAway()) {
          dealt(fault, machine);
          machine.docker().away(true);
          later(5, 150, () -> machine.docker().away(false));
        }
      }
      case DOCKER_SLOW -> {
        dealt(fault, machine);
        machine.slow(dice.between(20 * Sim.SECOND, 3 * Sim.MINUTE));
      }
      default -> {
        // Somewhere else nobody may create anything just then.
        for (Machine other : up) {
          if (other == machine || dice.chance(0.3)) {
            other.docker().refuse(fault, dice.between(20 * Sim.SECOND, 4 * Sim.MINUTE));
          }
        }
        dealt(fault, machine);
      }
    }
  }

  /** Kills a node between a write to its journal and the write's reaching the disk. */
  private void awaitJournal(Machine machine) {
    sim.story().tell("FAULT %s awaits %s", Fault.NODE_KILLED_IN_JOURNAL, machine);
    machine
        .journal()
        .onNextWrite(
            () -> {
              dealt(Fault.NODE_KILLED_IN_JOURNAL, machine);
              machine.kill();
              later(1, 60, machine::start);
            });
  }

  private void strikeContainer(Fault fault) {
    Machine machine = dice.oneOf(world.machines());
    List<SimDocker.Container> running =
        machine.docker().containers().stream().filter(SimDocker.Container::isRunning).toList();
    if (running.isEmpty()) {
      return;
    }
    SimDocker.Container container = dice.oneOf(running);
    dealt(fault, container.taskId());
    switch (fault) {
      case CONTAINER_DIED -> machine.docker().die(container, false);
      case CONTAINER_OUT_OF_MEMORY -> machine.docker().die(container, true);
      case CONTAINER_REMOVED -> {
        // Somebody tidies up by hand, mostly while the node isn't looking.
        if (machine.isUp() && dice.chance(0.7)) {
          machine.kill();
          later(1, 60, machine::start);
        }
        machine.docker().removedByHand(container);
      }
      case CONTAINER_UNHEALTHY -> machine.docker().sicken(container);
      default -> machine.docker().sickenTarget(container);
    }
  }
}
