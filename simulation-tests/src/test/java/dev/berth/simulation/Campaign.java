package dev.berth.simulation;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Many worlds, one after the other in each of some threads, until enough hours have gone by. */
final class Campaign {
  static final int HOURS_OF_A_WORLD = 20;

  private final long firstSeed;
  private final int threads;
  private final long hours;
  private final long nanos;
  private final int mostFailures;
  private final AtomicLong nextSeed;
  private final AtomicInteger lived = new AtomicInteger();
  private final Tally tally = new Tally();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, List<Long>> causes = new TreeMap<>();
  private final AtomicInteger failed = new AtomicInteger();
  private int toldOf;
  private long worstChanges = Long.MAX_VALUE;
  private long worstFaults = Long.MAX_VALUE;

  /**
   * @param hours to simulate at least, unless the time is over before
   * @param minutes of real time after which no world is begun any more
   * @param mostFailures after so many seeds that failed no world is begun any more
   */
  Campaign(long firstSeed, int threads, long hours, double minutes, int mostFailures) {
    this.firstSeed = firstSeed;
    this.nextSeed = new AtomicLong(firstSeed);
    this.threads = threads;
    this.hours = hours;
    this.nanos = (long) (minutes * 60e9);
    this.mostFailures = mostFailures;
  }

  /**
   * Runs without a test around it: {@code Campaign FIRST_SEED THREADS HOURS MINUTES
   * [MOST_FAILURES]}. Ends with 1 when a rule was broken.
   */
  public static void main(String[] arguments) throws InterruptedException {
    Campaign campaign =
        new Campaign(
            Long.parseLong(arguments[0]),
            Integer.parseInt(arguments[1]),
            Long.parseLong(arguments[2]),
            Double.parseDouble(arguments[3]),
            arguments.length > 4 ? Integer.parseInt(arguments[4]) : 1);
    campaign.run();
    campaign.failures().forEach(System.out::println);
    System.exit(campaign.failures().isEmpty() ? 0 : 1);
  }

  int hoursLived() {
    return lived.get();
  }

  List<String> failures() {
    return failures;
  }

  /** The faults that happened in no world. */
  List<Fault> neverDealt() {
    return Arrays.stream(Fault.values()).filter(fault -> tally.of(fault) == 0).toList();
  }

  void run() throws InterruptedException {
    DefectLog.install();
    long began = System.nanoTime();
    double usedBefore = processorSeconds();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          Thread.ofPlatform()
              .name("worlds-" + i)
              .start(
                  () -> {
                    while (lived.get() < hours
                        && System.nanoTime() - began < nanos
                        && failed.get() < mostFailures) {
                      live(nextSeed.getAndIncrement());
                      tellProgress(began);
                    }
                  }));
    }
    for (Thread thread : running) {
      thread.join();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%n%,d simulated cluster-hours in %.0f s of %d threads (%.3f s of a processor an hour),"
            + " seeds %d to %d; in no world fewer than %d changes and %d faults an hour%n%s%n",
        lived.get(),
        seconds,
        threads,
        (processorSeconds() - usedBefore) / Math.max(1, lived.get()),
        firstSeed,
        nextSeed.get() - 1,
        worstChanges,
        worstFaults,
        tally.table());
    System.out.printf(
        Locale.ROOT,
        "[PROGRESS] %,d simulated cluster-hours with %,d blows of %d kinds and %,d changes by users%n",
        lived.get(),
        tally.faults(),
        Arrays.stream(Fault.values()).filter(f -> f.strikes() && tally.of(f) > 0).count(),
        tally.changes());
    causes.forEach(
        (cause, seeds) ->
            System.out.printf(Locale.ROOT, "%d seeds %s: %s%n", seeds.size(), seeds, cause));
  }

  /** What this process has had of the processors so far, whatever else runs beside it. */
  private static double processorSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  /** A line every twentieth of the way. */
  private synchronized void tellProgress(long began) {
    long step = Math.max(HOURS_OF_A_WORLD, hours / 20);
    if (lived.get() / step > toldOf / step) {
      toldOf = lived.get();
      System.out.printf(
          Locale.ROOT,
          "[PROGRESS] %,d of %,d simulated cluster-hours after %.0f s, %.0f s of a processor%s%n",
          toldOf,
          hours,
          (System.nanoTime() - began) / 1e9,
          processorSeconds(),
          causes.isEmpty() ? "" : ", " + failures.size() + " seeds failed");
    }
  }

  private void live(long seed) {
    World world = new World(seed);
    DefectLog.of(world.sim());
    try {
      world.live(HOURS_OF_A_WORLD);
      lived.addAndGet(HOURS_OF_A_WORLD);
      add(world.sim().tally());
    } catch (Violation violation) {
      failed(seed, world, violation);
    } catch (RuntimeException | Error defect) {
      java.io.StringWriter trace = new java.io.StringWriter();
      defect.printStackTrace(new java.io.PrintWriter(trace));
      failed(seed, world, new Violation("The simulation itself failed: " + trace));
    }
  }

  private synchronized void add(Tally of) {
    tally.add(of);
    worstChanges = Math.min(worstChanges, of.changes() / HOURS_OF_A_WORLD);
    worstFaults = Math.min(worstFaults, of.faults() / HOURS_OF_A_WORLD);
  }

  private synchronized void failed(long seed, World world, Violation violation) {
    String story =
        "Seed %d, hour %.2f: %s%n%n%s"
            .formatted(
                seed,
                (world.sim().now() - Sim.START.toEpochMilli()) / (double) Sim.HOUR,
                violation.getMessage(),
                world.sim().story().told(violation.about()));
    Path file = Path.of("target", "simulation", "seed-" + seed + ".txt");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, story);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println(mostFailures == 1 ? story : story.lines().findFirst().orElseThrow());
    causes.computeIfAbsent(cause(violation), cause -> new ArrayList<>()).add(seed);
    failed.incrementAndGet();
    failures.add(
        "Seed %d: %s%nThe story is in simulation-tests/%s; again: simulation-tests/run --seed %d"
            .formatted(seed, violation.getMessage(), file, seed));
  }

  /** What went wrong without whom it happened to, so that like comes to like. */
  private static String cause(Violation violation) {
    String text = violation.getMessage().lines().findFirst().orElse("");
    return text.replaceAll("[0-9a-f]{32}", "ID").replaceAll("[0-9]+", "N");
  }
}
