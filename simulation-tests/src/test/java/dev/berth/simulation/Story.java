package dev.berth.simulation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened, to be told when something went wrong; sentences are made only then. */
final class Story {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int KEPT = 1 << 15;

  /** Every sentence at once, for comparing two runs of a seed. */
  private static final boolean ALOUD = Boolean.getBoolean("berth.simulation.aloud");

  private static final int LAST = 150;
  private static final int ABOUT = 400;

  private final Sim sim;
  private final Line[] lines = new Line[KEPT];
  private long count;

  private static final class Line {
    private final long at;
    private final String format;
    private final Object[] arguments;

    Line(long at, String format, Object... arguments) {
      this.at = at;
      this.format = format;
      this.arguments = arguments;
    }

    String text() {
      return TIME.format(Instant.ofEpochMilli(at))
          + "  "
          + String.format(Locale.ROOT, format, arguments);
    }
  }

  Story(Sim sim) {
    this.sim = sim;
  }

  /** Adds a sentence; the arguments must not change afterwards. */
  void tell(String format, Object... arguments) {
    Line line = new Line(sim.now(), format, arguments);
    lines[(int) (count++ & (KEPT - 1))] = line;
    if (ALOUD) {
      System.out.println(line.text());
    }
  }

  /** A number that differs when the story does. */
  long digest() {
    long digest = count;
    for (long i = Math.max(0, count - KEPT); i < count; i++) {
      digest = digest * 31 + lines[(int) (i & (KEPT - 1))].text().hashCode();
    }
    return digest;
  }

  /** The lines about something, then the last ones about anything. */
  String told(List<String> about) {
    List<String> all = new ArrayList<>();
    for (long i = Math.max(0, count - KEPT); i < count; i++) {
      all.add(lines[(int) (i & (KEPT - 1))].text());
    }
    StringBuilder told = new StringBuilder();
    List<String> mentions =
        all.stream().filter(line -> about.stream().anyMatch(line::contains)).toList();
    told.append("What happened to ").append(String.join(", ", about)).append(":\n");
    last(mentions, ABOUT).forEach(line -> told.append("  ").append(line).append('\n'));
    told.append("What happened last, to anybody:\n");
    last(all, LAST).forEach(line -> told.append("  ").append(line).append('\n'));
    return told.toString();
  }

  private static List<String> last(List<String> lines, int most) {
    return lines.subList(Math.max(0, lines.size() - most), lines.size());
  }
}
