package dev.berth.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.berth.standalone.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Berth's REST API as its user calls it. Each call throws {@link RefusedException} when the answer
 * is an error or the API can't be reached.
 */
public final class ApiClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI base;
  private final String token;

  public ApiClient(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  public static JsonMapper json() {
    return JSON;
  }

  public JsonNode get(String path) {
    return parse(send("GET", path, null, status -> status / 100 == 2));
  }

  public JsonNode post(String path, JsonNode body) {
    return parse(send("POST", path, body, status -> status / 100 == 2));
  }

  public JsonNode patch(String path, JsonNode body) {
    return parse(send("PATCH", path, body, status -> status / 100 == 2));
  }

  /** Deletes; what is gone already counts as deleted. */
  public void delete(String path) {
    send("DELETE", path, null, status -> status / 100 == 2 || status == 404);
  }

  /** Plain text, such as a task's logs. */
  public String text(String path) {
    return send("GET", path, null, status -> status / 100 == 2).body();
  }

  /** Text of another server of this machine, without the token. */
  public String plain(URI uri) {
    return exchange(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build()).body();
  }

  private HttpResponse<String> send(
      String method, String path, JsonNode body, Predicate<Integer> accepted) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()));
    HttpResponse<String> response = exchange(request.build());
    if (!accepted.test(response.statusCode())) {
      throw new RefusedException(
          "%s %s was answered with %d: %s"
              .formatted(method, path, response.statusCode(), response.body().strip()));
    }
    return response;
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new RefusedException(
          "%s can't be reached (%s); is Berth up? ./berth status".formatted(request.uri(), e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted", e);
    }
  }

  private static JsonNode parse(HttpResponse<String> response) {
    if (response.body().isBlank()) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new RefusedException(response.uri() + " did not answer in JSON", e);
    }
  }
}
