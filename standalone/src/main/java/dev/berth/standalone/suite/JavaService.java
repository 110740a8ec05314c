package dev.berth.standalone.suite;

import dev.berth.standalone.process.ChildProcess;
import dev.berth.standalone.process.JavaCommand;
import dev.berth.standalone.process.ProcessFailedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of Berth's services, in a JVM of its own; its settings come by its environment. */
public final class JavaService implements Component {
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration STOP_GRACE = Duration.ofSeconds(30);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PROBE_TIMEOUT)
          .build();

  private final String name;
  private final Path jar;
  private final List<String> jvmOptions;
  private final Map<String, String> environment;
  private final String host;
  private final int port;
  private final Path logFile;
  private ChildProcess child;

  /**
   * A service that is not started yet.
   *
   * @param host address of its HTTP port
   */
  JavaService(
      String name,
      Path jar,
      List<String> jvmOptions,
      Map<String, String> environment,
      String host,
      int port,
      Path logFile) {
    this.name = name;
    this.jar = jar;
    this.jvmOptions = List.copyOf(jvmOptions);
    this.environment = Map.copyOf(environment);
    this.host = host;
    this.port = port;
    this.logFile = logFile;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Integer> ports() {
    return List.of(port);
  }

  @Override
  public Path logFile() {
    return logFile;
  }

  @Override
  public void start() {
    if (!Files.exists(jar)) {
      throw new ProcessFailedException(name + " is not built: " + jar + " is missing");
    }
    List<String> command = new ArrayList<>(List.of(JavaCommand.java().toString()));
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(jar.toString());
    child = ChildProcess.start(name, command, environment, logFile);
  }

  /** Base of its HTTP endpoints, such as {@code http://127.0.0.1:8080}. */
  public URI uri() {
    return URI.create("http://" + host + ":" + port);
  }

  @Override
  public boolean isReady() {
    if (child != null && !child.isAlive()) {
      return false;
    }
    try {
      return HTTP.send(
                  HttpRequest.newBuilder(uri().resolve("/q/health/ready"))
                      .timeout(PROBE_TIMEOUT)
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      // It doesn't listen yet; the caller asks again until its own time is over.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException("Interrupted while waiting for " + name, e);
    }
  }

  @Override
  public ChildProcess process() {
    return child;
  }

  @Override
  public void stop() {
    if (child != null) {
      child.stop(STOP_GRACE);
    }
  }
}
