package dev.berth.lb.adapter.proxy;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLSession;

/**
 * The client's end of an exchange: a connection of HTTP/1.1, or a stream of HTTP/2. Used on one
 * loop only.
 */
interface ClientSide {
  ProxyLoop loop();

  ListeningPort port();

  /** Where the answer's parts are written. */
  Channel channel();

  InetSocketAddress remote();

  /** The other end's address as it stands in headers. */
  String remoteText();

  InetSocketAddress local();

  /** What TLS agreed on; null without TLS. */
  SSLSession tls();

  boolean isHttp2();

  /** Makes an answer's head fit the client: how the body ends, whether the connection stays. */
  void frame(HttpRequest request, HttpResponse head, boolean empty);

  /** Lets the client send the body that it asked about. */
  void sendContinue();

  /** Takes no more of the request than has come, until {@link #resume}. */
  void pause();

  void resume();

  /** The connection carries something else from now on. */
  void upgrade();

  /** No request is taken after this one. */
  void closeAfterAnswer();

  /**
   * The answer is complete.
   *
   * @param requestRead whether the whole request was read
   */
  void answered(boolean requestRead);

  /** The answer can't be completed: the client has to notice. */
  void abort();
}
