package dev.berth.lb.adapter.proxy;

import io.netty.channel.Channel;

/**
 * What carries one request to a target and its answer back: a connection of HTTP/1.1, or a stream
 * of HTTP/2. Used on one loop only.
 */
interface TargetStream {
  /** Where the request's parts are written. */
  Channel channel();

  /** From now on what the target says is this exchange's. */
  void assign(Exchange exchange);

  /**
   * The exchange wants nothing more of it.
   *
   * @param keep whether the connection is in a state in which it can take another request
   */
  void release(boolean keep);
}
