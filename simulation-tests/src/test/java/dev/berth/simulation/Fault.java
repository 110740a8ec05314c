package dev.berth.simulation;

/** What goes wrong. */
enum Fault {
  MESSAGE_DUPLICATED(false),
  MESSAGE_DELAYED(false),
  MESSAGES_REORDERED(false),
  MESSAGES_READ_AGAIN(false),
  ACKNOWLEDGEMENT_LOST(false),
  CONSUMER_STUCK(true),
  SCHEDULER_KILLED(true),
  SCHEDULER_STOOD_STILL(true),
  TWO_SCHEDULERS_LEAD(true),
  OUTCOME_OF_COMMIT_UNKNOWN(true),
  SCHEDULER_KILLED_IN_COMMIT(true),
  API_KILLED(true),
  LB_KILLED(true),
  NODE_KILLED(true),
  NODE_KILLED_IN_JOURNAL(true),
  NODE_PARTITIONED(true),
  MACHINE_REBOOTED(true),
  MACHINE_LOST_FOR_A_WHILE(true),
  MACHINE_LOST_FOR_GOOD(true),
  JOURNAL_REFUSES(true),
  DOCKER_AWAY(true),
  DOCKER_SLOW(true),
  DOCKER_REFUSES_PULL(true),
  DOCKER_REFUSES_CREATE(true),
  DOCKER_REFUSES_START(true),
  CONTAINER_DIED(true),
  CONTAINER_OUT_OF_MEMORY(true),
  CONTAINER_REMOVED(true),
  CONTAINER_UNHEALTHY(true),
  TARGET_UNHEALTHY(true),
  KAFKA_AWAY(true),
  KAFKA_EMPTIED(true);

  private final boolean strikes;

  Fault(boolean strikes) {
    this.strikes = strikes;
  }

  /** Whether it is one of the blows that are dealt, and not the weather of every network. */
  boolean strikes() {
    return strikes;
  }
}
