package dev.berth.standalone.kafka;

import dev.berth.standalone.process.ProcessFailedException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/** Finds the folder with the broker's jars, which the build of this module makes. */
final class KafkaLibrary {
  /** Names the folder where none of the usual places has it. */
  static final String PROPERTY = "berth.kafka-lib";

  private static final String FOLDER = "kafka-lib";

  private KafkaLibrary() {}

  /**
   * The folder named by the system property, else the one beside this class's jar or in its build
   * folder, else the one in the repository around the working directory.
   *
   * @throws ProcessFailedException if there is none
   */
  static Path find() {
    List<Path> candidates = new ArrayList<>();
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      candidates.add(Path.of(named));
    }
    CodeSource source = KafkaLibrary.class.getProtectionDomain().getCodeSource();
    if (source != null) {
      try {
        candidates.add(Path.of(source.getLocation().toURI()).resolveSibling(FOLDER));
      } catch (URISyntaxException e) {
        throw new ProcessFailedException("Unreadable code location " + source.getLocation(), e);
      }
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("mvnw"))) {
        candidates.add(folder.resolve("standalone/target").resolve(FOLDER));
      }
    }
    return candidates.stream()
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(
            () ->
                new ProcessFailedException(
                    "Kafka's jars are in none of %s; build the module standalone first"
                        .formatted(candidates)));
  }
}
