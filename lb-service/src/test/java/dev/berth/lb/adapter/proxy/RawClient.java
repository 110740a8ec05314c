package dev.berth.lb.adapter.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sends bytes as they are given, whenever it is told to, and tells what came. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket = new Socket();

  private RawClient(String from, int port, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    if (from != null) {
      socket.bind(new InetSocketAddress(from, 0));
    }
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  static RawClient to(int port) throws IOException {
    return new RawClient(null, port, 0);
  }

  /** From another address of this machine. */
  static RawClient from(String address, int port) throws IOException {
    return new RawClient(address, port, 0);
  }

  /** One that takes little before it reads. */
  static RawClient withSmallBuffer(int port) throws IOException {
    return new RawClient(null, port, 4096);
  }

  /**
   * @return whether the other end still took it
   */
  boolean send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return true;
    } catch (IOException e) {
      // It has hung up; what it said before is still to be read.
      return false;
    }
  }

  /** The first so many bytes, or fewer if that is all. */
  String read(int bytes) throws IOException {
    try {
      byte[] read = socket.getInputStream().readNBytes(bytes);
      return new String(read, StandardCharsets.ISO_8859_1);
    } catch (SocketException reset) {
      return "";
    }
  }

  /** All there is until the connection ends, one way or the other. */
  String readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[8192];
    try {
      InputStream in = socket.getInputStream();
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        all.write(some, 0, read);
      }
    } catch (SocketException reset) {
      // The end, if not a good one.
      return all.toString(StandardCharsets.ISO_8859_1);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
