package dev.berth.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.berth.standalone.home.BerthHome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The health checks of the images, run by hand against something that listens where it is told to.
 */
class ImageHealthTest {
  private static final Path ROOT = BerthHome.current().root();
  private static final Pattern HEALTH_CHECK =
      Pattern.compile("HEALTHCHECK .*\\\\\\n\\s*CMD (\\[.*])");

  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer service;

  @AfterEach
  void stop() {
    if (service != null) {
      service.stop(0);
    }
  }

  static Stream<Path> dockerfiles() {
    return Stream.of("api", "scheduler", "node", "lb")
        .map(name -> ROOT.resolve(name + "-service/src/main/docker"))
        .flatMap(folder -> Stream.of("Dockerfile.jvm", "Dockerfile.native").map(folder::resolve));
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void asksAtTheAddressWhereTheServiceListens(Path dockerfile) throws Exception {
    // Given a service at the address by which others reach its machine, as a further machine's is
    listen("127.0.0.2");

    // Then it is healthy while it is ready, and only then
    assertThat(check(dockerfile, Map.of("QUARKUS_HTTP_HOST", "127.0.0.2"))).isZero();
    status.set(503);
    assertThat(check(dockerfile, Map.of("QUARKUS_HTTP_HOST", "127.0.0.2"))).isNotZero();
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void asksOnLoopbackWhereTheServiceListensEverywhere(Path dockerfile) throws Exception {
    listen("0.0.0.0");
    assertThat(check(dockerfile, Map.of("QUARKUS_HTTP_HOST", "0.0.0.0"))).isZero();
    assertThat(check(dockerfile, Map.of())).isZero();
  }

  private void listen(String address) throws IOException {
    service = HttpServer.create(new InetSocketAddress(address, 0), 0);
    service.createContext(
        "/q/health/ready",
        request -> {
          request.sendResponseHeaders(status.get(), -1);
          request.close();
        });
    service.start();
  }

  private int check(Path dockerfile, Map<String, String> environment) throws Exception {
    Matcher found = HEALTH_CHECK.matcher(Files.readString(dockerfile));
    assertThat(found.find()).as("%s has a health check", dockerfile).isTrue();
    String[] command = new ObjectMapper().readValue(found.group(1), String[].class);
    ProcessBuilder builder = new ProcessBuilder(List.of(command));
    builder.environment().remove("QUARKUS_HTTP_HOST");
    builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(service.getAddress().getPort()));
    builder.environment().putAll(environment);
    Process asked = builder.redirectErrorStream(true).start();
    asked.getInputStream().readAllBytes();
    return asked.waitFor();
  }
}
