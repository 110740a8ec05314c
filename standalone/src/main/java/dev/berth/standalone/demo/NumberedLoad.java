package dev.berth.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests with ascending numbers, GET and POST in turn, at a steady rate; bounded in number, in
 * time, and in how many are open at once.
 */
public final class NumberedLoad implements AutoCloseable {
  private static final int OPEN_AT_ONCE = 64;
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  /**
   * A request that was sent.
   *
   * @param failure why there was no good answer; null when there was one
   * @param revision that answered; null without an answer
   */
  public record Sent(int number, String method, String failure, String revision) {
    public boolean isAnswered() {
      return failure == null;
    }
  }

  private final URI target;
  private final int most;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore open = new Semaphore(OPEN_AT_ONCE);
  private final AtomicInteger numbers = new AtomicInteger();
  private final ConcurrentLinkedQueue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final Future<?> ticks;

  /**
   * Begins at once.
   *
   * @param perSecond requests a second
   * @param most requests in all; it stops by itself then
   */
  public NumberedLoad(URI target, int perSecond, int most) {
    this.target = target;
    this.most = most;
    this.ticks =
        clock.scheduleAtFixedRate(
            this::next, 0, TimeUnit.SECONDS.toMicros(1) / perSecond, TimeUnit.MICROSECONDS);
  }

  public int count() {
    return sent.size();
  }

  /** Ends the load, waits for the open requests, and tells about all of them. */
  public List<Sent> finish() {
    close();
    return new ArrayList<>(sent);
  }

  @Override
  public void close() {
    ticks.cancel(false);
    clock.close();
    threads.close();
    http.close();
  }

  private void next() {
    if (numbers.get() >= most || !open.tryAcquire()) {
      return;
    }
    int number = numbers.incrementAndGet();
    threads.execute(
        () -> {
          try {
            sent.add(call(number));
          } finally {
            open.release();
          }
        });
  }

  private Sent call(int number) {
    String method = number % 2 == 0 ? "GET" : "POST";
    HttpRequest request =
        HttpRequest.newBuilder(target.resolve("/cgi-bin/request?number=" + number))
            .timeout(TIMEOUT)
            .method(
                method,
                number % 2 == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString("request " + number))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        return new Sent(number, method, "status " + response.statusCode(), null);
      }
      JsonNode answer = ApiClient.json().readTree(response.body());
      if (answer.path("number").asInt() != number) {
        return new Sent(number, method, "answered another number: " + response.body(), null);
      }
      return new Sent(number, method, null, answer.path("revision").asText());
    } catch (IOException e) {
      return new Sent(number, method, e.toString(), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Sent(number, method, e.toString(), null);
    }
  }
}
