package dev.berth.standalone.home;

import dev.berth.standalone.process.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things are.
 *
 * @param root the repository
 * @param folder data, logs and credentials: {@code BERTH_HOME}, else {@code .berth} in the
 *     repository
 */
public record BerthHome(Path root, Path folder) {

  /** As the script says by {@code -Dberth.root} and the environment by {@code BERTH_HOME}. */
  public static BerthHome current() {
    Path root = repository();
    String configured = System.getenv("BERTH_HOME");
    return new BerthHome(
        root,
        configured == null || configured.isBlank()
            ? root.resolve(".berth")
            : Path.of(configured).toAbsolutePath().normalize());
  }

  private static Path repository() {
    String named = System.getProperty("berth.root");
    if (named != null) {
      return Path.of(named).toAbsolutePath();
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("mvnw"))) {
        return folder;
      }
    }
    throw new IllegalStateException("Not inside Berth's repository; run ./berth from there");
  }

  public Path credentials() {
    return folder.resolve("credentials");
  }

  /** What seals the secrets that are in PostgreSQL and in topics; kept apart from both. */
  public Path secretsKey() {
    return folder.resolve("secrets.key");
  }

  public Path installationFile() {
    return folder.resolve("installation.json");
  }

  public Path kafkaData() {
    return folder.resolve("kafka");
  }

  public Path postgresData() {
    return folder.resolve("postgres");
  }

  public Path nodeData(String name) {
    return folder.resolve("nodes").resolve(name);
  }

  /** The load balancer's copy of its configuration. */
  public Path lbData() {
    return folder.resolve("lb");
  }

  public Path cache() {
    return folder.resolve("cache");
  }

  public Path logs() {
    return folder.resolve("logs");
  }

  public Path log(String service) {
    return logs().resolve(service + ".log");
  }

  public Path run() {
    return folder.resolve("run");
  }

  public Path tls() {
    return folder.resolve("tls");
  }

  /** Removes everything Berth has written there, and nothing else that may be in the folder. */
  public void removeAll() {
    List.of(
            kafkaData(),
            folder.resolve("kafka.properties"),
            postgresData(),
            folder.resolve("postgres.password"),
            folder.resolve("nodes"),
            lbData(),
            cache(),
            tls(),
            run(),
            logs(),
            installationFile(),
            secretsKey(),
            credentials())
        .forEach(FileTrees::delete);
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> left = Files.list(folder)) {
      if (left.findAny().isEmpty()) {
        FileTrees.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't remove " + folder, e);
    }
  }

  /** What the build made of a service. */
  public Path serviceJar(String module) {
    return root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
  }
}
