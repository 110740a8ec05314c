package dev.berth.lb.adapter.proxy;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A target: it notes what it was asked, and answers with its name unless told otherwise. */
final class Backend implements AutoCloseable {
  final String name;
  final int port;
  final Queue<String> asked = new ConcurrentLinkedQueue<>();
  final AtomicInteger connections = new AtomicInteger();
  final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
  private final HttpServer server;
  private volatile Handler<HttpServerRequest> answer;

  private Backend(Vertx vertx, String name, Handler<HttpServerRequest> answer) throws Exception {
    this.name = name;
    this.answer = answer == null ? this::answerWithName : answer;
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions())
            .connectionHandler(
                connection -> {
                  connections.incrementAndGet();
                  open.add(connection);
                  connection.closeHandler(v -> open.remove(connection));
                })
            .requestHandler(
                request -> {
                  asked.add(request.uri());
                  this.answer.handle(request);
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    this.port = server.actualPort();
  }

  static Backend named(Vertx vertx, String name) throws Exception {
    return new Backend(vertx, name, null);
  }

  static Backend answering(Vertx vertx, String name, Handler<HttpServerRequest> answer)
      throws Exception {
    return new Backend(vertx, name, answer);
  }

  void answerWithName(HttpServerRequest request) {
    request.body().onSuccess(body -> request.response().end(name));
  }

  /** Stops at once, connections included: as a killed process does. */
  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
