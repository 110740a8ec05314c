package dev.berth.e2e.balancer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A client of HTTP/1.1 that keeps its connection for as long as the server lets it, and that never
 * tries anything twice: what libraries mend behind one's back is a loss here.
 */
final class KeptConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  /** An answer's code and text. */
  record Answer(int code, String text) {}

  private final int port;
  private Socket socket;
  private InputStream in;
  private int opened;

  KeptConnection(int port) {
    this.port = port;
  }

  /** How many connections it has needed so far. */
  int opened() {
    return opened;
  }

  Answer send(String method, String path, String body) throws IOException {
    if (socket == null) {
      open();
    }
    try {
      byte[] content = body.getBytes(StandardCharsets.UTF_8);
      String head =
          "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: %d\r\n\r\n"
              .formatted(method, path, port, content.length);
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
      whole.writeBytes(content);
      socket.getOutputStream().write(whole.toByteArray());
      return read();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void open() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
    opened++;
  }

  private Answer read() throws IOException {
    String status = line();
    int length = 0;
    boolean last = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      last |= lower.startsWith("connection:") && lower.contains("close");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("half an answer: " + status);
    }
    if (last) {
      close();
    }
    return new Answer(
        Integer.parseInt(status.split(" ", 3)[1]), new String(body, StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended before the answer");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
