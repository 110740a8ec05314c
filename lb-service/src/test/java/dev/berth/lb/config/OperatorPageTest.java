package dev.berth.lb.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operator's page says what there is: every setting with its default, every metric. */
class OperatorPageTest {
  private static final Path PAGE = Path.of("..", "docs", "operations", "lb.md");
  private static final Pattern METRIC_OF_CODE = Pattern.compile("\"(berth\\.lb\\.[a-z.]+)\"");
  private static final Pattern METRIC_OF_PAGE = Pattern.compile("berth_lb_[a-z_]+");

  /** What Prometheus' names have beside the metric's own, by its unit and kind. */
  private static final String SUFFIX = "(_seconds)?(_total)?$";

  @Test
  void everySettingIsThereWithItsDefault() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      String[] cells = line.split("\\|");
      if (line.startsWith("| `berth.lb.")) {
        documented.put(cells[1].strip().replace("`", ""), cells[2].strip());
      }
    }
    Map<String, String> declared = new TreeMap<>();
    settings("berth.lb.", LbConfig.class, declared);

    assertThat(documented.keySet()).containsExactlyElementsOf(declared.keySet());
    declared.forEach(
        (setting, standard) -> {
          if (standard != null) {
            assertThat(documented.get(setting)).as(setting).isEqualTo(standard);
          }
        });
  }

  @Test
  void everyMetricIsThereAndNoOther() throws IOException {
    Set<String> documented = new TreeSet<>();
    METRIC_OF_PAGE
        .matcher(Files.readString(PAGE))
        .results()
        .forEach(found -> documented.add(found.group().replaceFirst(SUFFIX, "")));
    Set<String> registered = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> registered.addAll(metrics(file)));
    }

    assertThat(documented).containsExactlyElementsOf(registered);
  }

  private static List<String> metrics(Path file) {
    try {
      List<String> names = new ArrayList<>();
      METRIC_OF_CODE
          .matcher(Files.readString(file))
          .results()
          .forEach(found -> names.add(found.group(1).replace('.', '_')));
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings of an interface by their names, with their defaults or null. */
  private static void settings(String prefix, Class<?> mapping, Map<String, String> all) {
    for (Method method : mapping.getMethods()) {
      String name = prefix + kebab(method.getName());
      if (Arrays.asList(mapping.getDeclaredClasses()).contains(method.getReturnType())) {
        settings(name + ".", method.getReturnType(), all);
      } else {
        WithDefault standard = method.getAnnotation(WithDefault.class);
        all.put(name, standard == null ? null : standard.value());
      }
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
