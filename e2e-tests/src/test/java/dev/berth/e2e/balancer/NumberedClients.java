package dev.berth.e2e.balancer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.standalone.demo.ApiClient;
import dev.berth.standalone.demo.NumberedLoad.Sent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A constant load of numbered requests, GET and POST in turn, until it is stopped: over kept
 * connections of HTTP/1.1, over one of HTTP/2, over WebSockets, and some that take long.
 */
final class NumberedClients implements AutoCloseable {
  /** Longer than any time after which a part of Berth looks again, shorter than the delay. */
  static final int LONG_SECONDS = 4;

  private static final int KEPT_CONNECTIONS = 6;
  private static final int STREAMS = 4;
  private static final int SOCKETS = 3;
  private static final int LONG_CALLERS = 3;
  private static final int MESSAGES = 8;
  private static final long PAUSE_MILLIS = 150;
  private static final long MESSAGE_PAUSE_MILLIS = 300;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final int http;
  private final int https;
  private final HttpClient http2;
  private final HttpClient sockets = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<String, AtomicInteger> byKind = new TreeMap<>();
  private final ConcurrentLinkedQueue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  private interface Client {
    void run() throws InterruptedException;
  }

  /**
   * Begins at once.
   *
   * @param http the listener's port
   * @param https the encrypted listener's port
   */
  NumberedClients(int http, int https, SSLContext trust) {
    this.http = http;
    this.https = https;
    this.http2 =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(trust)
            .connectTimeout(TIMEOUT)
            .build();
    start("HTTP/1.1", KEPT_CONNECTIONS, this::keepAlive);
    start("HTTP/2", STREAMS, () -> overHttp2(0));
    start("long HTTP/2", 1, () -> overHttp2(LONG_SECONDS));
    start("long HTTP/1.1", LONG_CALLERS - 1, this::longOnes);
    start("WebSocket", SOCKETS, this::webSockets);
  }

  private void start(String kind, int count, Client client) {
    byKind.put(kind, new AtomicInteger());
    for (int i = 0; i < count; i++) {
      threads.add(
          Thread.ofVirtual()
              .name(kind)
              .start(
                  () -> {
                    try {
                      client.run();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
  }

  private boolean goesOn(long pauseMillis) throws InterruptedException {
    return !stopped.await(pauseMillis, TimeUnit.MILLISECONDS);
  }

  private void keepAlive() throws InterruptedException {
    oneAfterTheOther(PAUSE_MILLIS, "");
  }

  private void longOnes() throws InterruptedException {
    oneAfterTheOther(0, "&seconds=" + LONG_SECONDS);
  }

  private void oneAfterTheOther(long pauseMillis, String more) throws InterruptedException {
    KeptConnection connection = new KeptConnection(http);
    try (connection) {
      while (goesOn(pauseMillis)) {
        int number = numbers.incrementAndGet();
        String method = method(number);
        try {
          KeptConnection.Answer answer =
              connection.send(method, path(number) + more, body(method, number));
          note(number, method, answer.code(), answer.text());
        } catch (IOException e) {
          note(number, method, e);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("A socket doesn't close", e);
    } finally {
      connections.addAndGet(connection.opened());
    }
  }

  private void overHttp2(int seconds) throws InterruptedException {
    while (goesOn(PAUSE_MILLIS)) {
      int number = numbers.incrementAndGet();
      String method = method(number);
      String path = path(number) + (seconds == 0 ? "" : "&seconds=" + seconds);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://localhost:" + https + path))
              .timeout(TIMEOUT)
              .method(method, HttpRequest.BodyPublishers.ofString(body(method, number)))
              .build();
      try {
        HttpResponse<String> answer = http2.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.version() == HttpClient.Version.HTTP_2) {
          note(number, method, answer.statusCode(), answer.body());
        } else {
          note(number, method, new IOException("answered by " + answer.version()));
        }
      } catch (IOException e) {
        note(number, method, e);
      }
    }
  }

  /** Conversations of a few seconds: each has to end by itself, whatever becomes of its task. */
  private void webSockets() throws InterruptedException {
    while (goesOn(0)) {
      LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
      WebSocket socket = null;
      for (int i = 0; i < MESSAGES && goesOn(MESSAGE_PAUSE_MILLIS); i++) {
        int number = numbers.incrementAndGet();
        try {
          if (socket == null) {
            socket =
                sockets
                    .newWebSocketBuilder()
                    .connectTimeout(TIMEOUT)
                    .buildAsync(URI.create("ws://127.0.0.1:" + http + "/socket"), new Ear(heard))
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            connections.incrementAndGet();
          }
          socket
              .sendText(Integer.toString(number), true)
              .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
          String answer = heard.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
          note(number, "MESSAGE", 200, answer == null ? "{}" : answer);
        } catch (java.util.concurrent.ExecutionException
            | java.util.concurrent.TimeoutException e) {
          note(number, "MESSAGE", new IOException(e));
          break;
        }
      }
      if (socket != null && !socket.isOutputClosed()) {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      }
    }
  }

  /** Puts into a queue what comes. */
  private record Ear(LinkedBlockingQueue<String> heard) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      heard.add(text.toString());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("{\"closed\": " + code + "}");
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      heard.add("{\"failed\": \"" + failure.getClass().getSimpleName() + "\"}");
    }
  }

  private static String method(int number) {
    return number % 2 == 0 ? "GET" : "POST";
  }

  private static String path(int number) {
    return "/request?number=" + number;
  }

  private static String body(String method, int number) {
    return method.equals("POST") ? "request " + number : "";
  }

  private void note(int number, String method, int code, String text) {
    if (code != 200) {
      note(number, method, new IOException("status " + code));
      return;
    }
    try {
      JsonNode answer = ApiClient.json().readTree(text);
      if (answer.path("number").asInt() == number) {
        sent.add(new Sent(number, method, null, answer.path("revision").asText()));
        byKind.get(Thread.currentThread().getName()).incrementAndGet();
      } else {
        note(number, method, new IOException("answered with " + text));
      }
    } catch (IOException e) {
      note(number, method, e);
    }
  }

  private void note(int number, String method, IOException failure) {
    sent.add(new Sent(number, method, Thread.currentThread().getName() + ": " + failure, null));
  }

  int count() {
    return sent.size();
  }

  /** Well answered requests and messages by what they came over. */
  Map<String, AtomicInteger> answeredByKind() {
    return byKind;
  }

  /** Connections of HTTP/1.1 and WebSockets, once it has ended. */
  int connections() {
    return connections.get();
  }

  /** Ends the load, waits for what is open, and tells about all of it. */
  List<Sent> finish() throws InterruptedException {
    stopped.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return new ArrayList<>(sent);
  }

  @Override
  public void close() {
    stopped.countDown();
    http2.close();
    sockets.close();
  }
}
