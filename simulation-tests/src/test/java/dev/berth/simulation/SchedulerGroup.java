package dev.berth.simulation;

import java.util.List;

/** The group that says who leads: one lives and leads, another takes over when it is not heard. */
final class SchedulerGroup {
  private static final long SESSION = 6 * Sim.SECOND;

  private final Sim sim;
  private final List<SchedulerHost> members;
  private SchedulerHost leader;

  SchedulerGroup(Sim sim, List<SchedulerHost> members) {
    this.sim = sim;
    this.members = members;
  }

  SchedulerHost leader() {
    return leader;
  }

  void start() {
    members.forEach(SchedulerHost::start);
    leader = members.getFirst();
    leader.lead();
    watch();
  }

  private void watch() {
    sim.after(
        2 * Sim.SECOND,
        Life.FOREVER,
        () -> {
          if (leader == null || !leader.isUp()) {
            SchedulerHost dead = leader;
            sim.after(SESSION, Life.FOREVER, () -> replace(dead));
          }
          watch();
        });
  }

  private void replace(SchedulerHost dead) {
    if (leader != dead || (leader != null && leader.isUp())) {
      return;
    }
    for (SchedulerHost member : members) {
      if (member.isUp()) {
        leader = member;
        member.lead();
        return;
      }
    }
  }

  void kill(SchedulerHost member) {
    member.kill();
    startAgain(member);
  }

  private void startAgain(SchedulerHost member) {
    sim.after(
        sim.dice().between(Sim.SECOND, 90 * Sim.SECOND),
        Life.FOREVER,
        () -> {
          if (!member.isUp()) {
            member.start();
            if (leader == member) {
              leader = null; // it comes back as another one, before anybody missed it
            }
          }
        });
  }

  /** Whoever died without being told to is started again. */
  void startAllAgain() {
    members.stream().filter(m -> !m.isUp()).forEach(this::startAgain);
  }

  /** Gives the lead to another one, and the one that has it doesn't hear of that for a while. */
  boolean passOnUnnoticed() {
    SchedulerHost old = leader;
    for (SchedulerHost member : members) {
      if (member != old && member.isUp()) {
        leader = member;
        member.lead();
        sim.after(
            sim.dice().between(Sim.SECOND, 40 * Sim.SECOND),
            Life.FOREVER,
            () -> {
              if (leader != old) {
                old.resign();
              }
            });
        return true;
      }
    }
    return false;
  }
}
