package dev.berth.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One keep-alive connection that sends requests made of bytes and reads their answers. It shares
 * the machine with what it measures, so it does no more than that: it knows answers with a length
 * only, which all of the API's are.
 */
public final class HttpLine implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int BUFFER = 32 * 1024;
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);

  /**
   * An answer.
   *
   * @param body a character for each byte
   */
  public record Answer(int status, String body) {
    boolean says(int expected, String part) {
      return status == expected && body.contains(part);
    }
  }

  public HttpLine(URI server) throws IOException {
    this.socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    this.out = socket.getOutputStream();
  }

  public Answer exchange(byte[] request) throws IOException {
    out.write(request);
    int status =
        Integer.parseInt(nextLine().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    int length = -1;
    for (String header = nextLine(); !header.isEmpty(); header = nextLine()) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    if (length < 0) {
      throw new IOException("An answer without a length");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("The answer ended early");
    }
    return new Answer(status, new String(body, StandardCharsets.ISO_8859_1));
  }

  private String nextLine() throws IOException {
    line.reset();
    for (int one = in.read(); one != '\n'; one = in.read()) {
      if (one < 0) {
        throw new EOFException("The connection was closed");
      }
      if (one != '\r') {
        line.write(one);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
