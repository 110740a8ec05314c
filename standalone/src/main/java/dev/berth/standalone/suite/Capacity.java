package dev.berth.standalone.suite;

/**
 * What container instances can give to tasks.
 *
 * @param cpu CPU units, 1024 for each processor
 * @param memory MiB
 */
public record Capacity(int cpu, int memory) {
  private static final int UNITS_PER_PROCESSOR = 1024;
  private static final long MEBIBYTE = 1024L * 1024;

  /** All of a machine. */
  public static Capacity ofMachine(int processors, long memoryBytes) {
    return new Capacity(
        processors * UNITS_PER_PROCESSOR,
        (int) Math.min(Integer.MAX_VALUE, memoryBytes / MEBIBYTE));
  }

  /** An equal share of it, rounded down. */
  public Capacity share(int of) {
    return new Capacity(cpu / of, memory / of);
  }
}
