package dev.berth.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.berth.standalone.demo.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectedInstancesTest {
  private static final String FIRST_PAGE =
      """
      {"containerInstances": [
        {"name": "node-1", "status": "ACTIVE", "agentConnected": true},
        {"name": "node-2", "status": "REGISTERING", "agentConnected": true}],
       "nextToken": "page2"}
      """;
  private static final String SECOND_PAGE =
      """
      {"containerInstances": [
        {"name": "node-3", "status": "DRAINING", "agentConnected": true},
        {"name": "node-4", "status": "ACTIVE", "agentConnected": false}]}
      """;

  private HttpServer server;
  private ConnectedInstances instances;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String query = String.valueOf(exchange.getRequestURI().getQuery());
          byte[] page =
              (query.contains("nextToken=page2") ? SECOND_PAGE : FIRST_PAGE)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    instances =
        new ConnectedInstances(
            new ApiClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "token"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anInstanceCountsOnceItIsActiveAndConnectedOrDrainedOnPurpose() {
    assertThat(instances.missing(Set.of("node-1", "node-2", "node-3", "node-4", "node-5")))
        .containsExactly("node-2", "node-4", "node-5");
  }

  @Test
  void nothingIsThereWhileTheApiDoesNotAnswer() {
    server.stop(0);

    assertThat(instances.areThere(Set.of("node-1"))).isFalse();
  }
}
