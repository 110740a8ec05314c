package dev.berth.lb.adapter.proxy;

import static dev.berth.lb.adapter.proxy.RawHttp2.ACK;
import static dev.berth.lb.adapter.proxy.RawHttp2.CONTINUATION;
import static dev.berth.lb.adapter.proxy.RawHttp2.DATA;
import static dev.berth.lb.adapter.proxy.RawHttp2.END_HEADERS;
import static dev.berth.lb.adapter.proxy.RawHttp2.END_STREAM;
import static dev.berth.lb.adapter.proxy.RawHttp2.GOAWAY;
import static dev.berth.lb.adapter.proxy.RawHttp2.HEADERS;
import static dev.berth.lb.adapter.proxy.RawHttp2.PADDED;
import static dev.berth.lb.adapter.proxy.RawHttp2.PING;
import static dev.berth.lb.adapter.proxy.RawHttp2.PRIORITY;
import static dev.berth.lb.adapter.proxy.RawHttp2.PUSH_PROMISE;
import static dev.berth.lb.adapter.proxy.RawHttp2.RST_STREAM;
import static dev.berth.lb.adapter.proxy.RawHttp2.SETTINGS;
import static dev.berth.lb.adapter.proxy.RawHttp2.WINDOW_UPDATE;
import static dev.berth.lb.adapter.proxy.RawHttp2.WITH_PRIORITY;
import static dev.berth.lb.adapter.proxy.RawHttp2.block;
import static dev.berth.lb.adapter.proxy.RawHttp2.bytes;
import static dev.berth.lb.adapter.proxy.RawHttp2.get;
import static dev.berth.lb.adapter.proxy.RawHttp2.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * HTTP/2 frame by frame: what a server must do with what a client must not send, by the sections of
 * RFC 9113 and RFC 7541; and that nothing odd reaches a target, which is asked in HTTP/1.1.
 */
class Http2ConformanceTest {
  private static final int PROTOCOL_ERROR = 1;
  private static final int FLOW_CONTROL_ERROR = 3;
  private static final int STREAM_CLOSED = 5;
  private static final int FRAME_SIZE_ERROR = 6;
  private static final int COMPRESSION_ERROR = 9;

  private static ProxyFixture lb;
  private static RecordingTarget target;
  private static int port;

  /** Behind this port requests may reach the target when their case is over: none looks there. */
  private static RecordingTarget unwatched;

  private static int unwatchedPort;

  /** What a client does. */
  interface Doing {
    void with(RawHttp2 client) throws IOException;
  }

  /** A case by its section, and what may come of it. */
  record Case(String section, Doing doing, Set<String> allowed) {
    @Override
    public String toString() {
      return section;
    }
  }

  /** The connection is over: with this error, or, as RFC 9113 5.4.1 allows, without a word. */
  private static Case connectionError(String section, int code, Doing doing) {
    return new Case(section, doing, Set.of("GOAWAY " + code, "closed"));
  }

  /** The stream is over; or the connection with it, as RFC 9113 5.4.2 allows. */
  private static Case streamError(String section, int code, Doing doing) {
    return new Case(section, doing, Set.of("RST_STREAM " + code, "GOAWAY " + code, "closed"));
  }

  private static Case fine(String section, String outcome, Doing doing) {
    return new Case(section, doing, Set.of(outcome));
  }

  /** A request that is malformed (RFC 9113, 8.1.1): refused as a stream, or answered with 400. */
  private static Case malformed(String section, String... headers) {
    return streamError(section, PROTOCOL_ERROR, client -> client.request(1, headers));
  }

  @BeforeAll
  static void start() throws Exception {
    lb = new ProxyFixture();
    target = new RecordingTarget();
    port = lb.listen("g");
    lb.routeTo(port, "g", List.of(ProxyFixture.target("g", "strict", target.port())));
    unwatched = new RecordingTarget();
    unwatchedPort = lb.listen("unwatched");
    lb.routeTo(
        unwatchedPort,
        "unwatched",
        List.of(ProxyFixture.target("unwatched", "strict", unwatched.port())));
  }

  @AfterAll
  static void stop() throws Exception {
    lb.close();
    target.close();
    unwatched.close();
  }

  private static byte[] zeros(int length) {
    return new byte[length];
  }

  static Stream<Case> frames() {
    return Stream.of(
        fine("3.4 a preface, then a request", "answered", client -> client.get(1)),
        fine(
            "4.1 an unknown frame is ignored",
            "pong",
            client -> client.frame(22, 0, 0, zeros(8)).frame(PING, 0, 0, zeros(8))),
        fine(
            "4.1 unknown flags are ignored",
            "pong",
            client -> client.frame(PING, 0x16, 0, zeros(8))),
        fine(
            "4.1 the reserved bit is ignored",
            "pong",
            client -> client.frame(PING, 0, 0x80000000, zeros(8))),
        connectionError(
            "4.2 a frame that is too long",
            FRAME_SIZE_ERROR,
            client -> client.frame(HEADERS, END_STREAM | END_HEADERS, 1, zeros(16_385))),
        connectionError(
            "4.3 a header block that can't be read",
            COMPRESSION_ERROR,
            client ->
                client.frame(
                    HEADERS,
                    END_STREAM | END_HEADERS,
                    1,
                    bytes(0x40, 0xff, 0xff, 0xff, 0xff, 0xff))),
        connectionError(
            "4.3 another frame within a header block",
            PROTOCOL_ERROR,
            client ->
                client
                    .frame(HEADERS, END_STREAM, 1, block(get()))
                    .frame(PRIORITY, 0, 1, bytes(0, 0, 0, 0, 0))),
        connectionError(
            "5.1 idle: DATA",
            PROTOCOL_ERROR,
            client -> client.frame(DATA, END_STREAM, 1, zeros(4))),
        connectionError(
            "5.1 idle: RST_STREAM",
            PROTOCOL_ERROR,
            client -> client.frame(RST_STREAM, 0, 1, zeros(4))),
        connectionError(
            "5.1 idle: WINDOW_UPDATE",
            PROTOCOL_ERROR,
            client -> client.frame(WINDOW_UPDATE, 0, 1, bytes(0, 0, 0, 100))),
        connectionError(
            "5.1 idle: CONTINUATION",
            PROTOCOL_ERROR,
            client -> client.frame(CONTINUATION, END_HEADERS, 1, block(get()))),
        streamError(
            "5.1 half-closed: DATA",
            STREAM_CLOSED,
            client ->
                client
                    .frame(HEADERS, END_HEADERS, 1, block(post()))
                    .frame(DATA, END_STREAM, 1)
                    .frame(DATA, 0, 1, zeros(4))),
        connectionError("5.1.1 an even stream", PROTOCOL_ERROR, client -> client.request(2, get())),
        // Netty counts it as one of those that were closed by being passed over (5.1.1, last part).
        streamError(
            "5.1.1 a stream that is lower than one before",
            STREAM_CLOSED,
            client ->
                client
                    .frame(HEADERS, END_HEADERS, 5, block(post()))
                    .frame(HEADERS, END_HEADERS, 3, block(post()))),
        connectionError(
            "6.1 DATA on stream 0", PROTOCOL_ERROR, client -> client.frame(DATA, 0, 0, zeros(4))),
        connectionError(
            "6.1 padding that is longer than DATA",
            PROTOCOL_ERROR,
            client ->
                client
                    .frame(HEADERS, END_HEADERS, 1, block(post()))
                    .frame(DATA, PADDED, 1, bytes(9, 0))),
        connectionError(
            "6.2 HEADERS on stream 0", PROTOCOL_ERROR, client -> client.request(0, get())),
        connectionError(
            "6.2 padding that is longer than HEADERS",
            PROTOCOL_ERROR,
            client -> client.frame(HEADERS, PADDED | END_HEADERS, 1, bytes(200, 0))),
        connectionError(
            "6.3 PRIORITY on stream 0",
            PROTOCOL_ERROR,
            client -> client.frame(PRIORITY, 0, 0, zeros(5))),
        streamError(
            "6.3 PRIORITY of a wrong length",
            FRAME_SIZE_ERROR,
            client ->
                client
                    .frame(HEADERS, END_HEADERS, 1, block(post()))
                    .frame(PRIORITY, 0, 1, zeros(4))),
        connectionError(
            "6.4 RST_STREAM on stream 0",
            PROTOCOL_ERROR,
            client -> client.frame(RST_STREAM, 0, 0, zeros(4))),
        connectionError(
            "6.4 RST_STREAM of a wrong length",
            FRAME_SIZE_ERROR,
            client ->
                client
                    .frame(HEADERS, END_HEADERS, 1, block(post()))
                    .frame(RST_STREAM, 0, 1, zeros(3))),
        connectionError(
            "6.5 SETTINGS that acknowledge and say something",
            FRAME_SIZE_ERROR,
            client -> client.frame(SETTINGS, ACK, 0, zeros(6))),
        connectionError(
            "6.5 SETTINGS on a stream", PROTOCOL_ERROR, client -> client.frame(SETTINGS, 0, 1)),
        connectionError(
            "6.5 SETTINGS of a wrong length",
            FRAME_SIZE_ERROR,
            client -> client.frame(SETTINGS, 0, 0, zeros(3))),
        connectionError(
            "6.5.2 ENABLE_PUSH that is neither",
            PROTOCOL_ERROR,
            client -> client.frame(SETTINGS, 0, 0, bytes(0, 2, 0, 0, 0, 2))),
        connectionError(
            "6.5.2 a window beyond its maximum",
            FLOW_CONTROL_ERROR,
            client -> client.frame(SETTINGS, 0, 0, bytes(0, 4, 0x80, 0, 0, 0))),
        connectionError(
            "6.5.2 frames below their minimum",
            PROTOCOL_ERROR,
            client -> client.frame(SETTINGS, 0, 0, bytes(0, 5, 0, 0, 0x3f, 0xff))),
        connectionError(
            "6.5.2 frames beyond their maximum",
            PROTOCOL_ERROR,
            client -> client.frame(SETTINGS, 0, 0, bytes(0, 5, 1, 0, 0, 0))),
        fine(
            "6.5.2 an unknown setting is ignored",
            "pong",
            client ->
                client
                    .frame(SETTINGS, 0, 0, bytes(0, 0xff, 0, 0, 0, 1))
                    .frame(PING, 0, 0, zeros(8))),
        connectionError(
            "6.6 PUSH_PROMISE of a client",
            PROTOCOL_ERROR,
            client -> client.frame(PUSH_PROMISE, END_HEADERS, 1, bytes(0, 0, 0, 2))),
        fine("6.7 PING", "pong", client -> client.frame(PING, 0, 0, zeros(8))),
        connectionError(
            "6.7 PING on a stream", PROTOCOL_ERROR, client -> client.frame(PING, 0, 1, zeros(8))),
        connectionError(
            "6.7 PING of a wrong length",
            FRAME_SIZE_ERROR,
            client -> client.frame(PING, 0, 0, zeros(6))),
        connectionError(
            "6.8 GOAWAY on a stream",
            PROTOCOL_ERROR,
            client -> client.frame(GOAWAY, 0, 1, zeros(8))),
        connectionError(
            "6.9 a window on the connection grown by nothing",
            PROTOCOL_ERROR,
            client -> client.frame(WINDOW_UPDATE, 0, 0, zeros(4))),
        streamError(
            "6.9 a stream's window grown by nothing",
            PROTOCOL_ERROR,
            client ->
                client
                    .frame(HEADERS, END_HEADERS, 1, block(post()))
                    .frame(WINDOW_UPDATE, 0, 1, zeros(4))),
        connectionError(
            "6.9 WINDOW_UPDATE of a wrong length",
            FRAME_SIZE_ERROR,
            client -> client.frame(WINDOW_UPDATE, 0, 0, zeros(3))),
        connectionError(
            "6.9.1 the connection's window beyond its maximum",
            FLOW_CONTROL_ERROR,
            client ->
                client
                    .frame(WINDOW_UPDATE, 0, 0, bytes(0x7f, 0xff, 0xff, 0xff))
                    .frame(WINDOW_UPDATE, 0, 0, bytes(0x7f, 0xff, 0xff, 0xff))),
        streamError(
            "6.9.1 a stream's window beyond its maximum",
            FLOW_CONTROL_ERROR,
            client ->
                client
                    .frame(HEADERS, END_HEADERS, 1, block(post()))
                    .frame(WINDOW_UPDATE, 0, 1, bytes(0x7f, 0xff, 0xff, 0xff))),
        fine(
            "6.10 a header block in parts",
            "answered",
            client -> {
              byte[] all = block(get());
              client
                  .frame(HEADERS, END_STREAM, 1, Arrays.copyOf(all, 5))
                  .frame(CONTINUATION, 0, 1, Arrays.copyOfRange(all, 5, 20))
                  .frame(CONTINUATION, END_HEADERS, 1, Arrays.copyOfRange(all, 20, all.length));
            }),
        connectionError(
            "6.10 CONTINUATION after the end of the headers",
            PROTOCOL_ERROR,
            client ->
                client
                    .frame(HEADERS, END_HEADERS, 1, block(post()))
                    .frame(CONTINUATION, END_HEADERS, 1, block("x-a", "1"))),
        connectionError(
            "6.10 CONTINUATION of another stream",
            PROTOCOL_ERROR,
            client ->
                client
                    .frame(HEADERS, END_STREAM, 1, block(get()))
                    .frame(CONTINUATION, END_HEADERS, 3, block("x-a", "1"))),
        connectionError(
            "6.10 CONTINUATION on stream 0",
            PROTOCOL_ERROR,
            client ->
                client
                    .frame(HEADERS, END_STREAM, 1, block(get()))
                    .frame(CONTINUATION, END_HEADERS, 0, block("x-a", "1"))),
        streamError(
            "5.3.1 a stream that depends on itself",
            PROTOCOL_ERROR,
            client ->
                client.frame(
                    HEADERS,
                    WITH_PRIORITY | END_STREAM | END_HEADERS,
                    1,
                    join(bytes(0, 0, 0, 1, 16), block(get("x-a", "1"))))),
        connectionError(
            "RFC 7541 2.3.3 an index that isn't there",
            COMPRESSION_ERROR,
            client -> client.frame(HEADERS, END_STREAM | END_HEADERS, 1, bytes(0xc6))),
        connectionError(
            "RFC 7541 6.1 index 0",
            COMPRESSION_ERROR,
            client -> client.frame(HEADERS, END_STREAM | END_HEADERS, 1, bytes(0x80))),
        connectionError(
            "RFC 7541 6.3 a table beyond its maximum",
            COMPRESSION_ERROR,
            client ->
                client.frame(HEADERS, END_STREAM | END_HEADERS, 1, bytes(0x3f, 0xe1, 0xff, 0x03))));
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @ParameterizedTest
  @MethodSource
  void frames(Case one) throws Exception {
    try (RawHttp2 client = new RawHttp2(unwatchedPort).begin()) {
      one.doing().with(client);

      assertThat(client.outcome()).isIn(one.allowed());
    }
  }

  /** Malformed requests: no target hears of them. */
  static Stream<Case> requests() {
    return Stream.of(
        malformed("8.2.1 a name in upper case", get("X-Upper", "1")),
        malformed("8.2.1 a space in a name", get("x a", "1")),
        malformed("8.2.1 a colon in a name", get("x:a", "1")),
        malformed("8.2.1 CR and LF in a name", get("x\r\ny", "1")),
        malformed("8.2.1 an empty name", get("", "1")),
        malformed("8.2.1 CR and LF in a value", get("x-a", "1\r\nx-b: 2")),
        malformed("8.2.1 LF in a value", get("x-a", "1\nx-b: 2")),
        malformed("8.2.1 CR in a value", get("x-a", "1\rx-b: 2")),
        malformed("8.2.1 NUL in a value", get("x-a", "1\u0000")),
        malformed("8.2.2 connection", get("connection", "keep-alive")),
        malformed("8.2.2 keep-alive", get("keep-alive", "1")),
        malformed("8.2.2 proxy-connection", get("proxy-connection", "keep-alive")),
        malformed("8.2.2 upgrade", get("upgrade", "h2c")),
        malformed("8.2.2 transfer-encoding", post("transfer-encoding", "chunked")),
        malformed("8.2.2 te that isn't trailers", get("te", "gzip")),
        malformed("8.3 an unknown pseudo-header", get(":test", "1")),
        malformed("8.3 a pseudo-header of answers", get(":status", "200")),
        malformed(
            "8.3 a pseudo-header after others",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":authority",
            "x",
            "x-a",
            "1",
            ":path",
            "/"),
        malformed("8.3.1 no method", ":scheme", "http", ":path", "/", ":authority", "x"),
        malformed("8.3.1 no scheme", ":method", "GET", ":path", "/", ":authority", "x"),
        malformed("8.3.1 no path", ":method", "GET", ":scheme", "http", ":authority", "x"),
        malformed(
            "8.3.1 an empty path",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":path",
            "",
            ":authority",
            "x"),
        malformed("8.3.1 two methods", get(":method", "POST")),
        malformed("8.3.1 two paths", get(":path", "/admin")),
        malformed("8.3.1 two schemes", get(":scheme", "https")),
        malformed("8.3.1 two authorities", get(":authority", "y")),
        malformed("8.3.1 another host", get("host", "y")),
        malformed(
            "a path with a space",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":path",
            "/a b",
            ":authority",
            "x"),
        malformed(
            "a path that ends the line",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":path",
            "/ HTTP/1.1\r\nx-a: 1",
            ":authority",
            "x"),
        malformed(
            "a path without a slash",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":path",
            "admin",
            ":authority",
            "x"),
        malformed(
            "a whole address as the path",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":path",
            "http://y/",
            ":authority",
            "x"),
        malformed(
            "a method that ends the line",
            ":method",
            "GET / HTTP/1.1\r\nx-a:",
            ":scheme",
            "http",
            ":path",
            "/",
            ":authority",
            "x"),
        malformed(
            "a method with a space",
            ":method",
            "GET /x",
            ":scheme",
            "http",
            ":path",
            "/",
            ":authority",
            "x"),
        malformed(
            "an authority that ends the line",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":path",
            "/",
            ":authority",
            "x\r\nx-a: 1"),
        malformed(
            "an authority with a user",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":path",
            "/",
            ":authority",
            "a@x"),
        streamError(
            "8.1.1 a length that is longer than the body",
            PROTOCOL_ERROR,
            client ->
                client
                    .frame(HEADERS, END_HEADERS, 1, block(post("content-length", "9")))
                    .frame(DATA, END_STREAM, 1, zeros(4))),
        streamError(
            "8.1.1 a length that is shorter than the body",
            PROTOCOL_ERROR,
            client ->
                client
                    .frame(HEADERS, END_HEADERS, 1, block(post("content-length", "1")))
                    .frame(DATA, END_STREAM, 1, zeros(4))),
        streamError(
            "8.1.1 a length without a body",
            PROTOCOL_ERROR,
            client -> client.request(1, post("content-length", "9"))),
        streamError(
            "8.1.1 two lengths",
            PROTOCOL_ERROR,
            client ->
                client
                    .frame(
                        HEADERS,
                        END_HEADERS,
                        1,
                        block(post("content-length", "4", "content-length", "5")))
                    .frame(DATA, END_STREAM, 1, zeros(4))),
        streamError(
            "8.1.1 a signed length",
            PROTOCOL_ERROR,
            client ->
                client
                    .frame(HEADERS, END_HEADERS, 1, block(post("content-length", "+4")))
                    .frame(DATA, END_STREAM, 1, zeros(4))),
        streamError(
            "8.1 a second block that isn't the end",
            PROTOCOL_ERROR,
            client ->
                client
                    .frame(HEADERS, END_HEADERS, 1, block(post()))
                    .frame(HEADERS, END_HEADERS, 1, block("x-a", "1"))),
        streamError(
            "8.1 a pseudo-header among trailers",
            PROTOCOL_ERROR,
            client ->
                client
                    .frame(HEADERS, END_HEADERS, 1, block(post()))
                    .frame(HEADERS, END_STREAM | END_HEADERS, 1, block(":method", "GET"))));
  }

  @ParameterizedTest
  @MethodSource
  void requests(Case one) throws Exception {
    target.requests.clear();

    try (RawHttp2 client = new RawHttp2(port).begin()) {
      one.doing().with(client);
      // Netty's answer to some of them is the balancer's own: 400 and the like, which is as good.
      String outcome = client.outcome();
      assertThat(outcome.equals("answered") || one.allowed().contains(outcome))
          .as(outcome)
          .isTrue();
    }

    assertThat(target.requests).isEmpty();
  }

  @Test
  void aRequestReachesTheTargetAsOneOfHttp1() throws Exception {
    // One of its own: a body that an earlier case broke off may reach the other one late.
    try (RecordingTarget own = new RecordingTarget()) {
      int ownPort = lb.listen("own");
      lb.routeTo(ownPort, "own", List.of(ProxyFixture.target("own", "strict", own.port())));

      try (RawHttp2 client = new RawHttp2(ownPort).begin()) {
        client
            .frame(
                HEADERS, END_HEADERS, 1, block(post("x-a", "1", "cookie", "a=1", "cookie", "b=2")))
            .frame(DATA, 0, 1, bytes('a', 'b'))
            .frame(DATA, 0, 1, bytes('c'))
            .frame(HEADERS, END_STREAM | END_HEADERS, 1, block("x-end", "yes"));
        assertThat(client.outcome()).isEqualTo("answered");
      }

      assertThat(own.odd).isEmpty();
      assertThat(own.requests)
          .singleElement()
          .satisfies(
              read -> {
                assertThat(read.method()).isEqualTo("POST");
                assertThat(read.body()).isEqualTo("abc");
                assertThat(read.headers()).contains("trailer x-end: yes");
                // RFC 9113, 8.2.3: in HTTP/1.1 there is one of them.
                assertThat(read.values("cookie")).containsExactly("a=1; b=2");
                assertThat(String.join(",", read.headers())).doesNotContain("x-http2");
              });
    }
  }

  @Test
  void aHostThatSaysTheSameAsTheAuthorityIsTheSame() throws Exception {
    target.requests.clear();
    try (RawHttp2 client = new RawHttp2(port).begin().request(1, get("host", "x"))) {
      assertThat(client.outcome()).isEqualTo("answered");
    }
    assertThat(target.requests.element().values("host")).containsExactly("x:" + port);
  }

  @Test
  void aFloodOfResetsEndsTheConnection() throws Exception {
    try (RawHttp2 client = new RawHttp2(unwatchedPort).begin()) {
      for (int stream = 1; stream < 2000; stream += 2) {
        client.get(stream).frame(RST_STREAM, 0, stream, bytes(0, 0, 0, 8));
      }
      String outcome = client.outcome();
      while (outcome.startsWith("RST_STREAM") || outcome.equals("answered")) {
        outcome = client.outcome();
      }
      assertThat(outcome).isIn("GOAWAY 11", "closed");
    }
  }

  @Test
  void headersWithoutAnEndEndTheConnection() throws Exception {
    try (RawHttp2 client = new RawHttp2(unwatchedPort).begin()) {
      client.frame(HEADERS, END_STREAM, 1, block(get()));
      for (int i = 0; i < 100; i++) {
        client.frame(CONTINUATION, 0, 1, block("x-" + i, "y".repeat(1000)));
      }
      client.frame(CONTINUATION, END_HEADERS, 1, block("x-last", "1"));

      assertThat(client.outcome()).isIn("GOAWAY 11", "GOAWAY 1", "closed", "answered");
    }
  }

  @Test
  void headersThatAreTooLongAreRefused() throws Exception {
    target.requests.clear();
    try (RawHttp2 client = new RawHttp2(port).begin()) {
      client
          .frame(HEADERS, END_STREAM, 1, block(get("x-long", "y".repeat(15_000))))
          .frame(CONTINUATION, END_HEADERS, 1, block("x-longer", "y".repeat(15_000)));

      assertThat(client.outcome()).isIn("answered", "RST_STREAM 1", "GOAWAY 1", "closed");
    }
    assertThat(target.requests).isEmpty();
  }

  @Test
  void aConnectionThatIsntHttp2AfterAllIsHttp1() throws Exception {
    assertThat(ForwardingTest.raw(port, "PRI * HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }
}
