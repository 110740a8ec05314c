package dev.berth.lb.adapter.proxy;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;

/**
 * A request's body on its way to a target. Its beginning is kept, so that it can be sent again; a
 * longer one only streams.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class RequestBody {
  private final int keepAtMost;
  private List<HttpContent> kept = new ArrayList<>(2);
  private int keptBytes;
  private long bytes;
  private boolean ended;
  private boolean replayable = true;
  private Channel sink;

  RequestBody(int keepAtMost) {
    this.keepAtMost = keepAtMost;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether all that a target was sent can be sent to another one. */
  boolean canReplay() {
    return replayable;
  }

  long bytes() {
    return bytes;
  }

  /**
   * Takes a part of the body, and the duty to release it.
   *
   * @return whether more may come now
   */
  boolean add(HttpContent part) {
    int length = part.content().readableBytes();
    bytes += length;
    ended = part instanceof LastHttpContent;
    if (sink == null) {
      kept.add(part);
      keptBytes += length;
      return keptBytes <= keepAtMost;
    }
    if (replayable && keptBytes + length <= keepAtMost) {
      kept.add(part.retainedDuplicate());
      keptBytes += length;
    } else if (replayable) {
      replayable = false;
      drop();
    }
    sink.write(part);
    return sink.isWritable();
  }

  /** Sends what there is to a target, from the first byte, and what comes later, too. */
  void sendTo(Channel target) {
    sink = target;
    if (keptBytes > keepAtMost) {
      // It came faster than a target was found: it is sent, and not kept.
      replayable = false;
      List<HttpContent> all = kept;
      kept = new ArrayList<>(0);
      keptBytes = 0;
      all.forEach(target::write);
    } else {
      kept.forEach(part -> target.write(part.retainedDuplicate()));
    }
  }

  boolean isBeingSent() {
    return sink != null;
  }

  /** The target is no longer to be sent anything. */
  void detach() {
    sink = null;
  }

  /** Nobody will send it again. */
  void drop() {
    replayable = false;
    kept.forEach(HttpContent::release);
    kept = new ArrayList<>(0);
    keptBytes = 0;
  }
}
