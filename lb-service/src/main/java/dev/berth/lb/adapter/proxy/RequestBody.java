package dev.berth.lb.adapter.proxy;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * A request's body on its way to a target. It is passed on as it comes, no faster than the target
 * takes it. Its first bytes are kept, so that a short request can be sent again to another target.
 */
final class RequestBody {
  private final HttpServerRequest request;
  private final int keepAtMost;
  private final Runnable activity;
  private List<Buffer> kept = new ArrayList<>();
  private int keptBytes;
  private boolean ended;
  private HttpClientRequest sink;
  private Handler<Future<Void>> firstWrite;

  /** Pauses the request until there is a target. */
  RequestBody(HttpServerRequest request, int keepAtMost, Runnable activity) {
    this.request = request;
    this.keepAtMost = keepAtMost;
    this.activity = activity;
    request.pause();
    request.handler(this::chunk);
    request.endHandler(v -> end());
  }

  /** Whether all that a target was sent can be sent to another one. */
  boolean canReplay() {
    return kept != null;
  }

  boolean hasEnded() {
    return ended;
  }

  /**
   * Sends the body to a target, from its first byte.
   *
   * @param first hears of the first write to the target
   */
  void sendTo(HttpClientRequest target, Handler<Future<Void>> first) {
    sink = target;
    firstWrite = first;
    if (ended) {
      written(target.end(all()));
      return;
    }
    if (keptBytes > 0) {
      written(target.write(all()));
    }
    request.resume();
  }

  /** The target is no longer to be sent anything. */
  void detach() {
    sink = null;
    if (!ended) {
      request.pause();
    }
  }

  /** Nobody wants the rest; it is read and dropped. */
  void discard() {
    sink = null;
    kept = null;
    if (!ended) {
      request.resume();
    }
  }

  private void chunk(Buffer chunk) {
    activity.run();
    keep(chunk);
    HttpClientRequest target = sink;
    if (target == null) {
      return;
    }
    written(target.write(chunk));
    if (target.writeQueueFull()) {
      request.pause();
      target.drainHandler(
          v -> {
            activity.run();
            if (sink == target) {
              request.resume();
            }
          });
    }
  }

  private void keep(Buffer chunk) {
    if (kept == null) {
      return;
    }
    if (keptBytes + chunk.length() > keepAtMost) {
      kept = null;
      return;
    }
    kept.add(chunk);
    keptBytes += chunk.length();
  }

  private void end() {
    ended = true;
    if (sink != null) {
      written(sink.end());
    }
  }

  private void written(Future<Void> write) {
    if (firstWrite != null) {
      Handler<Future<Void>> first = firstWrite;
      firstWrite = null;
      first.handle(write);
    }
  }

  private Buffer all() {
    Buffer all = Buffer.buffer(keptBytes);
    kept.forEach(all::appendBuffer);
    return all;
  }
}
