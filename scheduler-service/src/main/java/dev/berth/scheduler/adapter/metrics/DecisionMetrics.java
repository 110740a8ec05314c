package dev.berth.scheduler.adapter.metrics;

import dev.berth.contracts.cluster.CapacityEvent;
import dev.berth.contracts.cluster.CapacityEventName;
import dev.berth.contracts.service.ServiceEvent;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.scheduler.application.DecisionTelemetry;
import dev.berth.scheduler.domain.records.OutgoingRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Counts decisions and writes one log line for each, with the ids as fields. */
@Singleton
public class DecisionMetrics implements DecisionTelemetry {
  private static final Logger LOG = Logger.getLogger("dev.berth.scheduler.decisions");

  private final Timer reconcile;
  private final Timer commit;
  private final Counter placements;
  private final Counter stops;
  private final Counter refusals;
  private final Counter losses;
  private final Counter deploymentFailures;
  private final Counter rollbacks;
  private final Counter waits;
  private final Counter capacityRequests;
  private final Counter transactionFailures;
  private final Counter defects;

  @Inject
  public DecisionMetrics(MeterRegistry registry) {
    reconcile =
        Timer.builder("berth.scheduler.reconcile")
            .description("Time to decide one cluster, without writing")
            .register(registry);
    commit =
        Timer.builder("berth.scheduler.plan")
            .description("Time from the start of a decision to its commit, plans with records only")
            .register(registry);
    placements = counter(registry, "placements", "Tasks given to a container instance");
    stops = counter(registry, "stops", "Tasks whose node was told to stop them");
    refusals = counter(registry, "refusals", "One-off tasks that were not placed, for good");
    losses = counter(registry, "losses", "Tasks given up with their container instance");
    deploymentFailures = counter(registry, "deployment.failures", "Deployments that were given up");
    rollbacks = counter(registry, "rollbacks", "Deployments that went back to an older one");
    waits = counter(registry, "waits", "One-off tasks that began to wait for room");
    capacityRequests =
        counter(registry, "capacity.requests", "Events that ask for more container instances");
    transactionFailures =
        counter(registry, "transaction.failures", "Plans that could not be written");
    defects = counter(registry, "reconcile.failures", "Decisions that failed with a defect");
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("berth.scheduler." + name).description(description).register(registry);
  }

  @Override
  public void reconciled(String cluster, Duration took) {
    reconcile.record(took);
  }

  @Override
  public void committed(String cluster, List<OutgoingRecord> plan, Duration took) {
    commit.record(took);
    for (OutgoingRecord record : plan) {
      switch (record.value()) {
        case TaskAssigned assigned -> assigned(assigned);
        case TaskVerdict verdict -> verdict(verdict);
        case ServiceEvent event -> event(event);
        case CapacityEvent event -> capacity(event);
        case null, default -> LOG.tracef("%s %s", record.topic(), record.key());
      }
    }
  }

  private void assigned(TaskAssigned task) {
    boolean starts = task.desiredStatus() == TaskLifecycle.RUNNING;
    (starts ? placements : stops).increment();
    withIds(
        task.cluster(),
        task.serviceName(),
        task.taskId(),
        () ->
            LOG.infof(
                "task %s %s %s%s",
                task.taskId(),
                starts ? "placed on" : "to be stopped on",
                task.containerInstanceId(),
                task.stoppedReason() == null ? "" : ": " + task.stoppedReason()));
  }

  private void verdict(TaskVerdict verdict) {
    if (verdict.outcome() == VerdictOutcome.REFUSED) {
      refusals.increment();
    } else if (verdict.outcome() == VerdictOutcome.LOST) {
      losses.increment();
    } else if (verdict.outcome() == VerdictOutcome.QUEUED) {
      waits.increment();
    } else {
      return;
    }
    withIds(
        verdict.cluster(),
        verdict.serviceName(),
        verdict.taskId(),
        () -> LOG.infof("task %s %s: %s", verdict.taskId(), verdict.outcome(), verdict.reasons()));
  }

  private void capacity(CapacityEvent event) {
    if (event.eventName() == CapacityEventName.CAPACITY_INSUFFICIENT) {
      capacityRequests.increment();
    }
    withIds(event.cluster(), event.serviceName(), null, () -> LOG.info(event.message()));
  }

  private void event(ServiceEvent event) {
    if ("SERVICE_DEPLOYMENT_FAILED".equals(event.eventName())) {
      deploymentFailures.increment();
    } else if ("SERVICE_DEPLOYMENT_ROLLBACK".equals(event.eventName())) {
      rollbacks.increment();
    }
    withIds(event.cluster(), event.serviceName(), null, () -> LOG.info(event.message()));
  }

  @Override
  public void transactionFailed(int partition, Throwable cause) {
    transactionFailures.increment();
    LOG.warnf("Partition %d: a plan could not be written: %s", partition, cause.getMessage());
  }

  @Override
  public void reconcileFailed(String cluster, RuntimeException defect) {
    defects.increment();
    withIds(cluster, null, null, () -> LOG.errorf(defect, "Deciding cluster %s failed", cluster));
  }

  private static void withIds(String cluster, String serviceName, String taskId, Runnable log) {
    put("cluster", cluster);
    put("serviceName", serviceName);
    put("taskId", taskId);
    try {
      log.run();
    } finally {
      MDC.remove("cluster");
      MDC.remove("serviceName");
      MDC.remove("taskId");
    }
  }

  private static void put(String name, String value) {
    if (value != null) {
      MDC.put(name, value);
    }
  }
}
