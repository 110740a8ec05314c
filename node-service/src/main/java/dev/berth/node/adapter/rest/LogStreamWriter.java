package dev.berth.node.adapter.rest;

import dev.berth.node.domain.container.LogLine;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Writes log lines as {@code application/x-ndjson}. When the reader at the other end is slower than
 * the log, writing waits, and so does the engine, instead of lines piling up in memory.
 */
final class LogStreamWriter {
  /** A client that takes nothing for so long is given up, in seconds. */
  private static final long STALLED_SECONDS = 60;

  private final HttpServerResponse response;
  private final boolean timestamps;
  private final Semaphore drained = new Semaphore(0);

  LogStreamWriter(HttpServerResponse response, boolean timestamps) {
    this.response = response;
    this.timestamps = timestamps;
    response.setChunked(true).putHeader("Content-Type", "application/x-ndjson");
    response.putHeader("Cache-Control", "no-store");
    response.drainHandler(nothing -> drained.release());
  }

  /** Sends what there is of the answer, so that a follower of a silent log sees that it is on. */
  void open() {
    response.write("").onFailure(failure -> drained.release());
  }

  /** Writes one line; false when nobody reads any more. */
  boolean write(String container, LogLine line) {
    if (!waitUntilDrained()) {
      return false;
    }
    JsonObject json = new JsonObject();
    if (timestamps && line.timestamp() != null) {
      json.put("timestamp", line.timestamp().toString());
    }
    json.put("container", container);
    json.put("stream", line.stream());
    json.put("message", line.message());
    Buffer buffer = json.toBuffer().appendByte((byte) '\n');
    response.write(buffer).onFailure(failure -> drained.release());
    return true;
  }

  private boolean waitUntilDrained() {
    if (response.closed() || response.ended()) {
      return false;
    }
    if (!response.writeQueueFull()) {
      return true;
    }
    drained.drainPermits();
    // Between the first look and this one the queue may have been drained already.
    if (!response.writeQueueFull()) {
      return true;
    }
    try {
      return drained.tryAcquire(STALLED_SECONDS, TimeUnit.SECONDS) && !response.closed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The client has gone: nobody waits for it any more. */
  void abandon() {
    drained.release();
  }
}
