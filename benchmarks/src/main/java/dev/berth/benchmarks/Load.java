package dev.berth.benchmarks;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Sends requests one after the other in several lines, or at a fixed rate whatever the answers do.
 */
final class Load {
  private static final Duration LEAD = Duration.ofMillis(200);
  private final HttpClient client;
  private final List<HttpRequest> requests;
  private final Predicate<HttpResponse<String>> right;

  /**
   * @param requests sent in turn
   * @param right whether an answer is the one that was asked for
   */
  Load(HttpClient client, List<HttpRequest> requests, Predicate<HttpResponse<String>> right) {
    this.client = client;
    this.requests = List.copyOf(requests);
    this.right = right;
  }

  /** So many callers, each of which calls again as soon as it is answered. */
  Latencies closed(int callers, Duration duration) throws InterruptedException {
    AtomicInteger turn = new AtomicInteger();
    AtomicLong failed = new AtomicLong();
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    List<Future<List<Long>>> lines = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        lines.add(threads.submit(() -> line(end, turn, failed)));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    LongStream.Builder nanos = LongStream.builder();
    for (Future<List<Long>> line : lines) {
      line.resultNow().forEach(nanos::add);
    }
    return new Latencies(nanos.build().toArray(), failed.get(), seconds);
  }

  private List<Long> line(long end, AtomicInteger turn, AtomicLong failed)
      throws InterruptedException {
    List<Long> nanos = new ArrayList<>();
    for (long sent = System.nanoTime(); sent < end; sent = System.nanoTime()) {
      try {
        if (!right.test(client.send(next(turn), HttpResponse.BodyHandlers.ofString()))) {
          failed.incrementAndGet();
        }
      } catch (IOException unanswered) {
        failed.incrementAndGet();
      }
      nanos.add(System.nanoTime() - sent);
    }
    return nanos;
  }

  /**
   * So many calls a second, each at its time even when earlier ones aren't answered. What a call
   * took counts from the time it was due, so that a client or server that falls behind shows.
   */
  Latencies open(int perSecond, Duration duration) throws InterruptedException {
    int count = Math.toIntExact(perSecond * duration.toSeconds());
    long[] nanos = new long[count];
    AtomicInteger turn = new AtomicInteger();
    AtomicLong failed = new AtomicLong();
    List<CompletableFuture<?>> answers = new ArrayList<>(count);
    long start = System.nanoTime() + LEAD.toNanos();
    for (int i = 0; i < count; i++) {
      int call = i;
      long due = start + i * 1_000_000_000L / perSecond;
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      answers.add(
          client
              .sendAsync(next(turn), HttpResponse.BodyHandlers.ofString())
              .handle(
                  (answer, problem) -> {
                    nanos[call] = System.nanoTime() - due;
                    if (problem != null || !right.test(answer)) {
                      failed.incrementAndGet();
                    }
                    return null;
                  }));
    }
    try {
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A call's answer could not be counted", e);
    }
    return new Latencies(nanos, failed.get(), (System.nanoTime() - start) / 1e9);
  }

  private HttpRequest next(AtomicInteger turn) {
    return requests.get(Math.floorMod(turn.getAndIncrement(), requests.size()));
  }
}
