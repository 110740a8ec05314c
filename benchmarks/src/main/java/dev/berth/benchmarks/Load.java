package dev.berth.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  /** More calls than that at a time wait in the client; their time counts all the same. */
  private static final int LINES = 64;

  private static final Duration LEAD = Duration.ofMillis(200);
  private final URI server;
  private final List<byte[]> requests;
  private final Predicate<HttpLine.Answer> right;

  /**
   * @param requests sent in turn
   * @param right whether an answer is the one that was asked for
   */
  Load(URI server, List<byte[]> requests, Predicate<HttpLine.Answer> right) {
    this.server = server;
    this.requests = List.copyOf(requests);
    this.right = right;
  }

  /** A line of calls: takes the next until there are no more. */
  @FunctionalInterface
  private interface Caller {
    long[] calls(Exchange exchange) throws IOException;
  }

  /** Sends the next request and says whether the answer was right. */
  @FunctionalInterface
  private interface Exchange {
    void next() throws IOException;
  }

  /** So many callers, each of which calls again as soon as it is answered. */
  Latencies closed(int callers, Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    return together(
        callers,
        exchange -> {
          List<Long> nanos = new ArrayList<>();
          for (long sent = System.nanoTime(); sent < end; sent = System.nanoTime()) {
            exchange.next();
            nanos.add(System.nanoTime() - sent);
          }
          return nanos.stream().mapToLong(Long::longValue).toArray();
        });
  }

  /**
   * So many calls a second, each at its time even when earlier ones aren't answered. What a call
   * took counts from the time it was due, so that a client or server that falls behind shows.
   */
  Latencies open(int perSecond, Duration duration) throws InterruptedException {
    int count = Math.toIntExact(perSecond * duration.toSeconds());
    AtomicInteger turn = new AtomicInteger();
    long start = System.nanoTime() + LEAD.toNanos();
    return together(
        LINES,
        exchange -> {
          long[] nanos = new long[count];
          int calls = 0;
          for (int call = turn.getAndIncrement(); call < count; call = turn.getAndIncrement()) {
            long due = start + call * 1_000_000_000L / perSecond;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
              LockSupport.parkNanos(due - now);
            }
            exchange.next();
            nanos[calls++] = System.nanoTime() - due;
          }
          return Arrays.copyOf(nanos, calls);
        });
  }

  private Latencies together(int lines, Caller caller) throws InterruptedException {
    AtomicInteger turn = new AtomicInteger();
    AtomicLong failed = new AtomicLong();
    LongStream.Builder nanos = LongStream.builder();
    long start = System.nanoTime();
    List<Future<long[]>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(lines)) {
      for (int i = 0; i < lines; i++) {
        running.add(threads.submit(() -> line(caller, turn, failed)));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    try {
      for (Future<long[]> line : running) {
        Arrays.stream(line.get()).forEach(nanos::add);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("The server can't be reached", e);
    }
    return new Latencies(nanos.build().toArray(), failed.get(), seconds);
  }

  private long[] line(Caller caller, AtomicInteger turn, AtomicLong failed) throws IOException {
    HttpLine[] line = {new HttpLine(server)};
    try {
      return caller.calls(
          () -> {
            byte[] request = requests.get(Math.floorMod(turn.getAndIncrement(), requests.size()));
            try {
              if (!right.test(line[0].exchange(request))) {
                failed.incrementAndGet();
              }
            } catch (IOException unanswered) {
              failed.incrementAndGet();
              line[0].close();
              line[0] = new HttpLine(server);
            }
          });
    } finally {
      line[0].close();
    }
  }
}
