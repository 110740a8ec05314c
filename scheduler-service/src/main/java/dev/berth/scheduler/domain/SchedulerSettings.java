package dev.berth.scheduler.domain;

import java.time.Duration;

/**
 * What an owner can set of the scheduler's judgement.
 *
 * @param heartbeatInterval how often nodes send a heartbeat
 * @param heartbeatFreshFor how old the newest heartbeat may be for new tasks to be placed
 * @param instanceLostAfter without a heartbeat for so long, an instance is lost
 * @param massSilenceShare when more than this share of instances (0 to 1) is silent, it is
 *     suspected that the scheduler doesn't hear, not that they are dead
 * @param massSilenceWait how long that suspicion holds while others are still heard
 * @param deregistrationDelay a target group's delay where it isn't known
 * @param drainGrace how long over the deregistration delay the load balancer's word is waited for
 * @param taskStableAfter a task that runs for so long has started successfully
 * @param backOffFirst the first delay between tasks that keep failing; it doubles
 * @param backOffMax the largest such delay
 * @param steadyStateRepeat how often "has reached a steady state" is said again
 * @param recoveryWait how long, after an emptied log, services that existed before wait at least
 */
public record SchedulerSettings(
    Duration heartbeatInterval,
    Duration heartbeatFreshFor,
    Duration instanceLostAfter,
    double massSilenceShare,
    Duration massSilenceWait,
    Duration deregistrationDelay,
    Duration drainGrace,
    Duration taskStableAfter,
    Duration backOffFirst,
    Duration backOffMax,
    Duration steadyStateRepeat,
    Duration recoveryWait) {
  /** ECS's and Berth's defaults. */
  public static final SchedulerSettings DEFAULT =
      new SchedulerSettings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          0.3,
          Duration.ofMinutes(10),
          Duration.ofSeconds(300),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          Duration.ofHours(6),
          Duration.ofSeconds(10));
}
