package dev.berth.benchmarks;

import java.util.List;
import java.util.Locale;

/** What one thing took in several rounds, in milliseconds. */
public record Rounds(List<Double> millis) {
  public Rounds {
    millis = millis.stream().sorted().toList();
  }

  public double median() {
    int middle = millis.size() / 2;
    return millis.size() % 2 == 1
        ? millis.get(middle)
        : (millis.get(middle - 1) + millis.get(middle)) / 2;
  }

  /** Median with the range, such as {@code 412 ms (390 to 455)}. */
  public String text() {
    return String.format(
        Locale.ROOT, "%.0f ms (%.0f to %.0f)", median(), millis.getFirst(), millis.getLast());
  }
}
