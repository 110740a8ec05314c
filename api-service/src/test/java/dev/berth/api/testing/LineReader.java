package dev.berth.api.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A client that stays on a stream and collects its lines until it is closed. */
public final class LineReader implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final HttpResponse<InputStream> response;
  private final Thread reading;

  private LineReader(HttpResponse<InputStream> response) {
    this.response = response;
    this.reading = Thread.ofPlatform().daemon(true).start(this::read);
  }

  /** Opens a stream as the administrator. */
  public static LineReader open(URI uri, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer test-admin-token");
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new LineReader(
          HttpClient.newHttpClient()
              .send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (InputStream body = response.body();
        Stream<String> read =
            new java.io.BufferedReader(
                    new java.io.InputStreamReader(body, java.nio.charset.StandardCharsets.UTF_8))
                .lines()) {
      read.forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("ended: " + e.getMessage());
    }
  }

  /** What was read up to now. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  public int status() {
    return response.statusCode();
  }

  public String header(String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  @Override
  public void close() {
    try {
      response.body().close();
      reading.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
