package dev.berth.lb.adapter.proxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What is counted of a listener and the target group behind it. */
final class RouteMetrics {
  /** Of requests that belong to no listener any more. */
  static final RouteMetrics NONE = new RouteMetrics(new CompositeMeterRegistry(), "", "");

  private static final int CODES = 600;

  private final MeterRegistry registry;
  private final String listener;
  private final String targetGroup;
  private final AtomicReferenceArray<Counter> requests = new AtomicReferenceArray<>(CODES);
  private final Counter retries;
  private final Timer latency;

  RouteMetrics(MeterRegistry registry, String listener, String targetGroup) {
    this.registry = registry;
    this.listener = listener;
    this.targetGroup = targetGroup;
    this.retries =
        Counter.builder("berth.lb.retries")
            .description("Requests that were tried again on another target or connection")
            .tag("listener", listener)
            .tag("target_group", targetGroup)
            .register(registry);
    this.latency =
        Timer.builder("berth.lb.request.duration")
            .description("From a request's headers to the last byte of its answer")
            .tag("listener", listener)
            .tag("target_group", targetGroup)
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30))
            .register(registry);
  }

  void retried() {
    retries.increment();
  }

  void done(int code, long nanos) {
    latency.record(nanos, TimeUnit.NANOSECONDS);
    int index = code > 0 && code < CODES ? code : 0;
    Counter counter = requests.get(index);
    if (counter == null) {
      counter = counter(index);
      requests.set(index, counter);
    }
    counter.increment();
  }

  private Counter counter(int code) {
    // The registry answers with the same counter when two loops ask at once.
    return Counter.builder("berth.lb.requests")
        .description("Requests by the code they were answered with")
        .tag("listener", listener)
        .tag("target_group", targetGroup)
        .tag("code", Integer.toString(code))
        .register(registry);
  }
}
