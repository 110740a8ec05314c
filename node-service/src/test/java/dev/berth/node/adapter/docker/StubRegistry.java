package dev.berth.node.adapter.docker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/**
 * A registry on this machine with one image, {@code private/app:1}, that takes one login: enough of
 * the registry protocol for {@code docker pull}.
 */
final class StubRegistry implements AutoCloseable {
  static {
    // Docker tries TLS first; a server that waits for more of that "request" costs 10 s each time.
    System.setProperty("sun.net.httpserver.maxReqTime", "1");
  }

  static final String USER = "robot";
  static final String PASSWORD = "se:cret";

  private final HttpServer server;
  private final AtomicInteger manifestReads = new AtomicInteger();
  private final Map<String, byte[]> blobs;
  private final byte[] manifest;

  StubRegistry() throws IOException {
    Tar tar = new Tar();
    tar.add("hello", "registry".getBytes(StandardCharsets.UTF_8), 0644);
    byte[] layer = tar.end();
    byte[] packed = gzip(layer);
    byte[] config =
        ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                + "\"diff_ids\":[\""
                + digest(layer)
                + "\"]}}")
            .getBytes(StandardCharsets.UTF_8);
    manifest =
        """
        {"schemaVersion":2,
         "mediaType":"application/vnd.docker.distribution.manifest.v2+json",
         "config":{"mediaType":"application/vnd.docker.container.image.v1+json",
           "size":%d,"digest":"%s"},
         "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip",
           "size":%d,"digest":"%s"}]}
        """
            .formatted(config.length, digest(config), packed.length, digest(packed))
            .getBytes(StandardCharsets.UTF_8);
    blobs = Map.of(digest(config), config, digest(packed), packed);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v2/", this::answer);
    server.start();
  }

  /** The registry's host and port, as it stands in an image's name. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String image() {
    return address() + "/private/app:1";
  }

  String digest() {
    return digest(manifest);
  }

  /** How often the image was asked for. */
  int manifestReads() {
    return manifestReads.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    String path = exchange.getRequestURI().getPath();
    if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"stub\"");
      send(exchange, 401, "application/json", error("UNAUTHORIZED", "authentication required"));
    } else if ("/v2/".equals(path)) {
      send(exchange, 200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
    } else if (path.startsWith("/v2/private/app/manifests/")
        && (path.endsWith("/1") || path.endsWith(digest()))) {
      manifestReads.incrementAndGet();
      exchange.getResponseHeaders().add("Docker-Content-Digest", digest());
      send(exchange, 200, "application/vnd.docker.distribution.manifest.v2+json", manifest);
    } else if (blobs.containsKey(path.substring(path.lastIndexOf('/') + 1))) {
      byte[] blob = blobs.get(path.substring(path.lastIndexOf('/') + 1));
      send(exchange, 200, "application/octet-stream", blob);
    } else {
      send(exchange, 404, "application/json", error("MANIFEST_UNKNOWN", "manifest unknown"));
    }
  }

  private static byte[] error(String code, String message) {
    return ("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.getResponseHeaders().add("Docker-Distribution-Api-Version", "registry/2.0");
    boolean head = "HEAD".equals(exchange.getRequestMethod());
    if (head) {
      exchange.getResponseHeaders().add("Content-Length", Integer.toString(body.length));
    }
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
