package dev.berth.scheduler.adapter.kafka;

import dev.berth.scheduler.application.DecisionTelemetry;
import dev.berth.scheduler.domain.records.OutgoingRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what goes wrong. */
final class QuietTelemetry implements DecisionTelemetry {
  final AtomicInteger commits = new AtomicInteger();
  final AtomicInteger failedTransactions = new AtomicInteger();
  final AtomicInteger defects = new AtomicInteger();

  @Override
  public void reconciled(String cluster, Duration took) {}

  @Override
  public void committed(String cluster, List<OutgoingRecord> plan, Duration took) {
    commits.incrementAndGet();
  }

  @Override
  public void transactionFailed(int partition, Throwable cause) {
    failedTransactions.incrementAndGet();
  }

  @Override
  public void reconcileFailed(String cluster, RuntimeException defect) {
    defects.incrementAndGet();
  }
}
