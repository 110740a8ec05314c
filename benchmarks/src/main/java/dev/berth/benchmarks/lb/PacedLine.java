package dev.berth.benchmarks.lb;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** One keep-alive connection that asks at fixed times, far from anything's limits. */
final class PacedLine {
  private static final byte[] REQUEST =
      "GET /small HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String END = "hello, world\n";
  private static final int UNTIMED = 100;

  private PacedLine() {}

  /** What each request took until its answer's last byte, in microseconds. */
  static long[] measure(int port, int perSecond, int count) throws IOException {
    long[] micros = new long[count];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(10_000);
      long start = System.nanoTime();
      for (int i = -UNTIMED; i < count; i++) {
        long due = start + (i + UNTIMED) * (1_000_000_000L / perSecond);
        for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
          LockSupport.parkNanos(due - now);
        }
        long sent = System.nanoTime();
        exchange(socket);
        if (i >= 0) {
          micros[i] = (System.nanoTime() - sent) / 1000;
        }
      }
    }
    return micros;
  }

  private static void exchange(Socket socket) throws IOException {
    socket.getOutputStream().write(REQUEST);
    InputStream in = socket.getInputStream();
    byte[] answer = new byte[4096];
    int length = 0;
    do {
      int read = in.read(answer, length, answer.length - length);
      if (read < 0) {
        throw new IOException("The connection was closed");
      }
      length += read;
    } while (!new String(answer, 0, length, StandardCharsets.US_ASCII).endsWith(END));
  }
}
