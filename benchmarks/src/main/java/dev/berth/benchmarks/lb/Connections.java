package dev.berth.benchmarks.lb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many connections from several loopback addresses: each asks once, and those that are answered
 * with 200 stay open. Closing closes them all.
 */
final class Connections implements AutoCloseable {
  private static final byte[] REQUEST =
      "GET /small HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int SOURCES = 20;
  private static final int UNDER_WAY = 256;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final List<SocketChannel> held = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(4096);
  private int busy;
  private int refused;
  private int silent;

  /** Tries to open so many; returns when each has its answer, or none within 20 seconds. */
  static Connections open(int port, int attempts) throws IOException {
    Connections connections = new Connections();
    connections.run(port, attempts);
    return connections;
  }

  /** Connections that were answered with 200 and are open. */
  int served() {
    return held.size();
  }

  /** Connections that were answered with 503. */
  int busy() {
    return busy;
  }

  /** Connections that were closed or refused without an answer. */
  int refused() {
    return refused;
  }

  /** Connections that got neither an answer nor an end. */
  int silent() {
    return silent;
  }

  private void run(int port, int attempts) throws IOException {
    InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (Selector selector = Selector.open()) {
      int started = 0;
      int settled = 0;
      long progress = System.nanoTime();
      while (settled < attempts && System.nanoTime() - progress < PATIENCE_NANOS) {
        while (started < attempts && started - settled < UNDER_WAY) {
          SocketChannel channel = SocketChannel.open();
          channel.configureBlocking(false);
          channel.bind(new InetSocketAddress("127.0.0." + (2 + started % SOURCES), 0));
          channel.connect(to);
          channel.register(selector, SelectionKey.OP_CONNECT);
          started++;
        }
        selector.select(200);
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isValid() && advance(key)) {
            key.cancel();
            settled++;
            progress = System.nanoTime();
          }
        }
        selector.selectedKeys().clear();
        selector.selectNow();
      }
      silent = attempts - settled;
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    }
  }

  private boolean advance(SelectionKey key) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        channel.write(ByteBuffer.wrap(REQUEST));
        key.interestOps(SelectionKey.OP_READ);
        return false;
      }
      buffer.clear();
      int read = channel.read(buffer);
      String start = new String(buffer.array(), 0, Math.max(0, read), StandardCharsets.US_ASCII);
      if (start.startsWith("HTTP/1.1 200")) {
        held.add(channel);
        return true;
      }
      busy += start.startsWith("HTTP/1.1 503") ? 1 : 0;
      refused += start.startsWith("HTTP/1.1 503") ? 0 : 1;
    } catch (IOException e) {
      refused++;
    }
    channel.close();
    return true;
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : held) {
      channel.close();
    }
  }
}
