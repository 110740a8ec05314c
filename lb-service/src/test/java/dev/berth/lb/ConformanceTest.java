package dev.berth.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The conformance table names, for every field that is honoured, a test that exists. */
class ConformanceTest {
  private static final Path TABLE = Path.of("..", "docs", "lb-data-plane-conformance.md");
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Pattern QUOTED = Pattern.compile("\"([a-z0-9_]+(?:\\.[a-z0-9_]+)+)\"");

  @Test
  void everyHonouredFieldHasATestThatExists() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length != 6 || cells[1].contains("---") || cells[1].strip().equals("kind")) {
        continue;
      }
      boolean honoured = !cells[3].strip().startsWith("no:");
      String test = cells[4].strip();
      if (honoured ? !exists(test) : !test.equals("-")) {
        wrong.add(line);
      }
    }

    assertThat(wrong).isEmpty();
  }

  @Test
  void everyAttributeThatIsReadHasARow() throws IOException {
    String table = Files.readString(TABLE);
    List<String> read = new ArrayList<>();
    for (String reader :
        List.of("LoadBalancerSettings", "ListenerSettings", "TargetGroupSettings")) {
      Path file = Path.of("src", "main", "java", "dev", "berth", "lb", "domain", reader + ".java");
      Matcher quoted = QUOTED.matcher(Files.readString(file));
      while (quoted.find()) {
        read.add(quoted.group(1));
      }
    }

    assertThat(read).hasSizeGreaterThan(20);
    assertThat(read).allSatisfy(key -> assertThat(named(table, key)).as(key).isTrue());
  }

  /** A row may name an attribute's last part after the ones before it. */
  private static boolean named(String table, String key) {
    String last = key.substring(key.lastIndexOf('.'));
    return table.contains("`" + key + "`")
        || (table.contains(key.substring(0, key.lastIndexOf('.'))) && table.contains("`" + last));
  }

  private static boolean exists(String test) throws IOException {
    int dot = test.indexOf('.');
    String type = dot < 0 ? test : test.substring(0, dot);
    try (Stream<Path> files = Files.walk(TESTS)) {
      List<Path> found = files.filter(f -> f.endsWith(type + ".java")).toList();
      return found.size() == 1
          && (dot < 0
              || Files.readString(found.get(0)).contains("void " + test.substring(dot + 1) + "("));
    }
  }
}
