package dev.berth.standalone.demo;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests as the client and the tasks saw them.
 *
 * @param sent by the client
 * @param answered well, as the client saw it
 * @param lost numbers without a good answer, or answered without a task having handled them
 * @param handledTwice numbers that tasks handled more than once
 * @param byRevision answers by the revision that gave them
 * @param failures of the first few lost ones, in words
 */
public record Comparison(
    int sent,
    int answered,
    List<Integer> lost,
    List<Integer> handledTwice,
    Map<String, Integer> byRevision,
    List<String> failures) {
  private static final Pattern HANDLED = Pattern.compile("handled [A-Z]+ (\\d+) revision");
  private static final int SHOWN_FAILURES = 5;

  /**
   * Compares.
   *
   * @param logs what each task wrote
   */
  public static Comparison of(Collection<NumberedLoad.Sent> sent, Collection<String> logs) {
    Map<Integer, Integer> handled = new HashMap<>();
    for (String log : logs) {
      Matcher line = HANDLED.matcher(log);
      while (line.find()) {
        handled.merge(Integer.parseInt(line.group(1)), 1, Integer::sum);
      }
    }
    Map<String, Integer> byRevision = new TreeMap<>();
    sent.stream()
        .filter(NumberedLoad.Sent::isAnswered)
        .forEach(request -> byRevision.merge(request.revision(), 1, Integer::sum));
    return new Comparison(
        sent.size(),
        (int) sent.stream().filter(NumberedLoad.Sent::isAnswered).count(),
        sent.stream()
            .filter(request -> !request.isAnswered() || !handled.containsKey(request.number()))
            .map(NumberedLoad.Sent::number)
            .sorted()
            .toList(),
        handled.entrySet().stream()
            .filter(entry -> entry.getValue() > 1)
            .map(Map.Entry::getKey)
            .sorted()
            .toList(),
        byRevision,
        sent.stream()
            .filter(request -> !request.isAnswered() || !handled.containsKey(request.number()))
            .limit(SHOWN_FAILURES)
            .map(
                request ->
                    "%s %d: %s"
                        .formatted(
                            request.method(),
                            request.number(),
                            request.isAnswered() ? "in no task's log" : request.failure()))
            .toList());
  }

  /** Sum of a counter in Prometheus' text format, over all its labels; 0 where it is absent. */
  public static long counter(String metrics, String name) {
    return (long)
        metrics
            .lines()
            .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
  }
}
