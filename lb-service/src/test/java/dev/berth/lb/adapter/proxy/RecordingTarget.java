package dev.berth.lb.adapter.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A target that takes nothing but what RFC 9112 allows, and notes what it was asked. */
final class RecordingTarget implements AutoCloseable {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

  final Queue<StrictReader.Read> requests = new ConcurrentLinkedQueue<>();

  /** What came that isn't one clear request. */
  final Queue<String> odd = new ConcurrentLinkedQueue<>();

  private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());

  RecordingTarget() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        // Closed: the test is over.
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      StrictReader reader = new StrictReader(new BufferedInputStream(socket.getInputStream()));
      for (var request = reader.next(); request != null; request = reader.next()) {
        requests.add(request);
        socket.getOutputStream().write(ANSWER);
      }
    } catch (StrictReader.OddException e) {
      odd.add(e.getMessage());
    } catch (IOException e) {
      odd.add(e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
