package dev.berth.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Berth's REST API as a client uses it: calls, and the stream of events. */
final class BerthClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final String token;

  BerthClient(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /** Calls the API and reads its answer; an answer of 300 and more is an error. */
  JsonNode call(String method, String path, String body) {
    try {
      HttpResponse<String> response =
          http.send(
              request(path)
                  .header("Content-Type", "application/json")
                  .method(
                      method,
                      body == null
                          ? HttpRequest.BodyPublishers.noBody()
                          : HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(
            method + " " + path + " answered " + response.statusCode() + ": " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Follows the event stream until the client is closed; completes once the stream is open. */
  CompletableFuture<Void> follow(Consumer<JsonNode> listener) {
    return http.sendAsync(request("/v1/events").build(), HttpResponse.BodyHandlers.ofLines())
        .thenAccept(response -> Thread.ofVirtual().start(() -> deliver(response.body(), listener)));
  }

  private static void deliver(Stream<String> lines, Consumer<JsonNode> listener) {
    try (lines) {
      lines
          .filter(line -> line.startsWith("data:"))
          .forEach(
              line -> {
                try {
                  listener.accept(JSON.readTree(line.substring("data:".length())));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException closed) {
      // The client was closed while it waited for the next line: that is how following ends.
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Authorization", "Bearer " + token);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
