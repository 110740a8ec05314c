package dev.berth.lb.adapter.proxy;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * One request from its headers to the last byte of its answer. Lives on one loop.
 *
 * <p>A request is tried on another target as long as the one before can't have acted on it: when no
 * connection could be made or nothing was written, whatever the request; and when the connection
 * broke before any byte of the answer, if the request is idempotent.
 */
final class Exchange {
  private final ProxyLoop loop;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final boolean webSocket;
  private final RequestBody body;
  private final long started = System.nanoTime();
  private PortRoute route;
  private long lastActivity;
  private List<Upstream> tried = List.of();
  private int failure = 503;
  private Upstream upstream;
  private HttpClientRequest sent;
  private HttpConnection connection;
  private boolean written;
  private boolean answering;
  private boolean responseEnded;
  private boolean done;
  private Tunnel tunnel;

  Exchange(ProxyLoop loop, PortRoute route, HttpServerRequest request) {
    this.loop = loop;
    this.route = route;
    this.request = request;
    this.response = request.response();
    this.webSocket = Requests.asksForWebSocket(request);
    this.body =
        Requests.hasBody(request)
            ? new RequestBody(request, loop.settings().replayBytes(), this::touch)
            : null;
    touch();
  }

  void start() {
    response.closeHandler(v -> clientGone());
    request.exceptionHandler(failed -> clientGone());
    if (Requests.asksToClose(request)) {
      response.endHandler(v -> request.connection().close());
    }
    attempt();
  }

  /** Ends the exchange when nothing has moved for too long. */
  void sweep(long now, long idleNanos) {
    if (now - lastActivity < idleNanos) {
      return;
    }
    if (tunnel != null) {
      tunnel.close();
    } else {
      abandonTarget();
      fail(504);
    }
  }

  private void touch() {
    lastActivity = loop.now();
  }

  private void attempt() {
    Upstream next = pick();
    if (next == null) {
      fail(failure);
      return;
    }
    upstream = next;
    written = false;
    next.connections(loop.index())
        .request(request.method(), Requests.originForm(request))
        .onComplete(result -> connected(next, result));
  }

  private Upstream pick() {
    Upstream next = loop.acquire(route.targets(), tried);
    if (next == null) {
      // The table may have moved on since the request came.
      PortRoute current = loop.route(route.port());
      if (current != null && !current.equals(route)) {
        route = current;
        next = loop.acquire(route.targets(), tried);
      }
    }
    if (next == null && tried.size() == 1) {
      // The only target closed a kept connection, or wasn't up to it for a moment.
      next = loop.acquire(route.targets(), List.of());
    }
    if (next != null) {
      if (!tried.isEmpty()) {
        route.metrics().retried();
      }
      remember(next);
    }
    return next;
  }

  private void remember(Upstream next) {
    List<Upstream> more = new ArrayList<>(tried.size() + 1);
    more.addAll(tried);
    more.add(next);
    tried = more;
  }

  private void connected(Upstream target, AsyncResult<HttpClientRequest> result) {
    if (done) {
      if (result.succeeded()) {
        result.result().reset();
      }
      return;
    }
    touch();
    if (result.failed()) {
      letGo(true);
      again(result.cause() instanceof ConnectTimeoutException ? 504 : 502, true);
      return;
    }
    sent = result.result();
    connection = sent.connection();
    target.connections(loop.index()).taken(connection);
    Headers.copy(request.headers(), sent.headers());
    Headers.addForwarded(request, route.port(), sent.headers());
    HttpClientRequest mine = sent;
    // What breaks is told by the answer's future as well.
    sent.exceptionHandler(failed -> {});
    if (webSocket) {
      sent.putHeader(Headers.CONNECTION, "Upgrade").putHeader(Headers.UPGRADE, "websocket");
      sent.connect().onComplete(answer -> answered(mine, answer));
      return;
    }
    sent.response().onComplete(answer -> answered(mine, answer));
    if (body == null) {
      noteWrite(sent.end());
    } else {
      if (request.headers().contains(Headers.TRANSFER_ENCODING)) {
        sent.setChunked(true);
      }
      body.sendTo(sent, this::noteWrite);
    }
  }

  private void noteWrite(Future<Void> write) {
    HttpClientRequest mine = sent;
    write.onSuccess(
        v -> {
          if (sent == mine) {
            written = true;
          }
        });
  }

  private void answered(HttpClientRequest mine, AsyncResult<HttpClientResponse> answer) {
    if (done || sent != mine) {
      return;
    }
    touch();
    if (answer.failed()) {
      letGo(false);
      again(502, !written || Requests.isIdempotent(request.method()));
      return;
    }
    HttpClientResponse from = answer.result();
    if (from.statusCode() == 101) {
      tunnel(from);
    } else {
      passOn(from);
    }
  }

  /** Tries another target if that is safe, or answers with the failure. */
  private void again(int code, boolean safe) {
    failure = code;
    boolean replayable = body == null || body.canReplay();
    if (safe && replayable && tried.size() < loop.settings().maxAttempts()) {
      attempt();
    } else {
      fail(code);
    }
  }

  private void passOn(HttpClientResponse from) {
    answering = true;
    response.setStatusCode(from.statusCode());
    response.setStatusMessage(from.statusMessage());
    Headers.copy(from.headers(), response.headers());
    from.exceptionHandler(failed -> targetBroke());
    from.endHandler(v -> targetEnded(from));
    if (Requests.hasNoContent(request.method(), from.statusCode())) {
      return;
    }
    long length = Requests.length(from.headers());
    if (length < 0) {
      response.setChunked(true);
    }
    from.handler(new Relay(from, length)::chunk);
  }

  /** Passes chunks on, no faster than the client takes them. */
  private final class Relay {
    private final HttpClientResponse from;
    private long missing;

    Relay(HttpClientResponse from, long length) {
      this.from = from;
      this.missing = length < 0 ? Long.MAX_VALUE : length;
    }

    void chunk(Buffer chunk) {
      touch();
      missing -= chunk.length();
      if (missing == 0) {
        // The last chunk and the end in one write.
        responseEnded = true;
        response.end(chunk);
        return;
      }
      response.write(chunk);
      if (response.writeQueueFull()) {
        from.pause();
        response.drainHandler(
            v -> {
              touch();
              from.resume();
            });
      }
    }
  }

  private void targetEnded(HttpClientResponse from) {
    if (done) {
      return;
    }
    if (!responseEnded) {
      responseEnded = true;
      response.end();
    }
    finish(from.statusCode());
    boolean wholeRequestSent = body == null || body.hasEnded();
    if (!wholeRequestSent) {
      // The target answered without reading everything: neither connection is of further use.
      body.discard();
      lingerAndClose();
    }
    letGo(wholeRequestSent);
  }

  private void targetBroke() {
    if (done) {
      return;
    }
    letGo(false);
    // The client has a part of an answer: a closed connection tells it so.
    response.reset();
    finish(502);
  }

  private void tunnel(HttpClientResponse from) {
    answering = true;
    NetSocket toTarget = from.netSocket();
    toTarget.pause();
    response.setStatusCode(101);
    Headers.copy(from.headers(), response.headers());
    response.putHeader(Headers.CONNECTION, "Upgrade").putHeader(Headers.UPGRADE, "websocket");
    request
        .toNetSocket()
        .onSuccess(
            toClient -> {
              tunnel = new Tunnel(toClient, toTarget, this::touch, this::tunnelClosed);
              if (done) {
                tunnel.close();
              } else {
                tunnel.open();
              }
            })
        .onFailure(failed -> clientGone());
  }

  private void tunnelClosed() {
    if (!done) {
      letGo(false);
      finish(101);
    }
  }

  private void clientGone() {
    if (done) {
      return;
    }
    if (tunnel != null) {
      tunnel.close();
      return;
    }
    abandonTarget();
    finish(499);
  }

  private void abandonTarget() {
    // Closing the connection is all there is to it: an answer that is half read is of no use.
    if (upstream != null) {
      letGo(sent == null);
    }
  }

  /** The target has nothing more to do for this request. */
  private void letGo(boolean keep) {
    Upstream target = upstream;
    upstream = null;
    if (body != null) {
      body.detach();
    }
    if (connection != null) {
      target.connections(loop.index()).returned(connection, keep && !target.isDraining());
      connection = null;
    }
    sent = null;
    if (target != null) {
      target.release();
    }
  }

  private void fail(int code) {
    if (done) {
      return;
    }
    if (answering) {
      response.reset();
    } else {
      if (body != null) {
        response.putHeader(Headers.CONNECTION, "close");
      }
      ErrorPages.send(response, code);
      if (body != null && !body.hasEnded()) {
        body.discard();
        lingerAndClose();
      }
    }
    finish(code);
  }

  private void lingerAndClose() {
    loop.closeSoon(request.connection());
  }

  private void finish(int code) {
    done = true;
    loop.ended(this);
    route.metrics().done(code, System.nanoTime() - started);
  }
}
