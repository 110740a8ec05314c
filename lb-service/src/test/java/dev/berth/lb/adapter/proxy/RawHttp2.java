package dev.berth.lb.adapter.proxy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A client of HTTP/2 that sends any frame, also such as no client may send. Headers are written as
 * literals without Huffman's code, so that they are what they look like.
 */
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;
  static final int WITH_PRIORITY = 32;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final DataInputStream in;

  /**
   * A frame as it came.
   *
   * @param code the error's number where it has one, else 0
   */
  record Frame(int type, int flags, int stream, int code) {}

  /** Connects without a word. */
  RawHttp2(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Says what a client says first. */
  RawHttp2 begin() throws IOException {
    send(PREFACE.getBytes(StandardCharsets.US_ASCII));
    return frame(SETTINGS, 0, 0);
  }

  RawHttp2 send(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException e) {
      // It has hung up already; what it said before is still to be read.
      return this;
    }
    return this;
  }

  RawHttp2 frame(int type, int flags, int stream, byte... payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    int length = payload.length;
    frame.writeBytes(
        new byte[] {
          (byte) (length >> 16),
          (byte) (length >> 8),
          (byte) length,
          (byte) type,
          (byte) flags,
          (byte) (stream >> 24),
          (byte) (stream >> 16),
          (byte) (stream >> 8),
          (byte) stream
        });
    frame.writeBytes(payload);
    return send(frame.toByteArray());
  }

  /** A request without a body, of names and values in turn. */
  RawHttp2 request(int stream, String... headers) throws IOException {
    return frame(HEADERS, END_STREAM | END_HEADERS, stream, block(headers));
  }

  /** A plain GET. */
  RawHttp2 get(int stream) throws IOException {
    return request(stream, get());
  }

  static String[] get(String... more) {
    return with(
        new String[] {":method", "GET", ":scheme", "http", ":path", "/", ":authority", "x"}, more);
  }

  static String[] post(String... more) {
    return with(
        new String[] {":method", "POST", ":scheme", "http", ":path", "/", ":authority", "x"}, more);
  }

  private static String[] with(String[] headers, String... more) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + more.length);
    System.arraycopy(more, 0, all, headers.length, more.length);
    return all;
  }

  /** A header block: each name and value as a literal that isn't indexed (RFC 7541, 6.2.2). */
  static byte[] block(String... headers) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < headers.length; i += 2) {
      block.write(0);
      literal(block, headers[i]);
      literal(block, headers[i + 1]);
    }
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int rest = bytes.length - 127;
      while (rest >= 128) {
        block.write((rest & 127) | 128);
        rest >>= 7;
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** The next frame; null at the end of the connection. */
  Frame read() throws IOException {
    try {
      int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt() & Integer.MAX_VALUE;
      byte[] payload = new byte[length];
      in.readFully(payload);
      return new Frame(type, flags, stream, code(type, payload));
    } catch (EOFException | SocketException e) {
      return null;
    }
  }

  private static int code(int type, byte[] payload) {
    return switch (type) {
      case GOAWAY -> ByteBuffer.wrap(payload).getInt(4);
      case RST_STREAM -> ByteBuffer.wrap(payload).getInt(0);
      default -> 0;
    };
  }

  /**
   * What becomes of what was sent: {@code GOAWAY n} or {@code RST_STREAM n} with the error's
   * number, {@code answered} when stream 1 has got an answer to its end, {@code pong}, {@code
   * closed}.
   */
  String outcome() throws IOException {
    for (Frame frame = read(); frame != null; frame = read()) {
      switch (frame.type()) {
        case GOAWAY -> {
          // With 0 the connection ends well: after the answers that are still to come.
          if (frame.code() != 0) {
            return "GOAWAY " + frame.code();
          }
        }
        case RST_STREAM -> {
          return "RST_STREAM " + frame.code();
        }
        case PING -> {
          if ((frame.flags() & ACK) != 0) {
            return "pong";
          }
        }
        case HEADERS, DATA -> {
          if ((frame.flags() & END_STREAM) != 0) {
            return "answered";
          }
        }
        default -> {
          // Settings, windows: what any connection begins with.
        }
      }
    }
    return "closed";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
