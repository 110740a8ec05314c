package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What two readers might see the ends of in different places: it is refused, or what reaches the
 * target is one clear request, read by a reader of its own that knows nothing of the balancer.
 */
class SmugglingTest {
  private static final String HIDDEN = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

  private static ProxyFixture lb;
  private static RecordingTarget target;
  private static int port;

  /**
   * Hears of what is broken off, perhaps when the case is over: the other one hears nothing odd.
   */
  private static RecordingTarget brokenOff;

  private static int brokenOffPort;

  /** A request as it is sent; what follows it on the connection must never count as another. */
  record Case(String name, String sent) {
    Case with(String body) {
      return new Case(name, sent + body);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    lb = new ProxyFixture();
    target = new RecordingTarget();
    port = lb.listen("g");
    lb.routeTo(port, "g", List.of(ProxyFixture.target("g", "strict", target.port())));
    brokenOff = new RecordingTarget();
    brokenOffPort = lb.listen("b");
    lb.routeTo(brokenOffPort, "b", List.of(ProxyFixture.target("b", "strict", brokenOff.port())));
  }

  @AfterAll
  static void stop() throws Exception {
    lb.close();
    target.close();
    brokenOff.close();
  }

  private static Case of(String name, String... lines) {
    return new Case(name, String.join("\r\n", lines));
  }

  private static Case post(String name, String headers, String body) {
    return new Case(name, "POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n" + body);
  }

  private static Case get(String name, String headers) {
    return new Case(name, "GET / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n");
  }

  private static Case chunked(String name, String body) {
    return post(name, "Transfer-Encoding: chunked", body);
  }

  /** What is answered with 400 (or 405, 414, 431, 505), and of which the target hears nothing. */
  static Stream<Case> refused() {
    return Stream.of(
        // Two lengths.
        post("CL.TE", "Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n" + HIDDEN),
        post("TE.CL", "Transfer-Encoding: chunked\r\nContent-Length: 4", "0\r\n\r\n" + HIDDEN),
        post("two lengths", "Content-Length: 4\r\nContent-Length: 5", "abcde"),
        post("the same length twice", "Content-Length: 4\r\nContent-Length: 4", "abcd"),
        post("a list of lengths", "Content-Length: 4, 4", "abcd"),
        post("a signed length", "Content-Length: +4", "abcd"),
        post("a negative length", "Content-Length: -4", "abcd"),
        post("a hexadecimal length", "Content-Length: 0x4", "abcd"),
        post("a length with a tail", "Content-Length: 4x", "abcd"),
        post("a length with a gap", "Content-Length: 4 4", "abcd"),
        post("a length beyond numbers", "Content-Length: 99999999999999999999", "abcd"),
        post("an empty length", "Content-Length: ", "abcd"),
        // Encodings that aren't exactly chunked.
        post("xchunked", "Transfer-Encoding: xchunked", "0\r\n\r\n"),
        post("gzip, chunked", "Transfer-Encoding: gzip, chunked", "0\r\n\r\n"),
        post("chunked, gzip", "Transfer-Encoding: chunked, gzip", "0\r\n\r\n"),
        post("chunked, identity", "Transfer-Encoding: chunked, identity", "0\r\n\r\n"),
        post("identity", "Transfer-Encoding: identity", "0\r\n\r\n"),
        post("chunked twice", "Transfer-Encoding: chunked, chunked", "0\r\n\r\n"),
        post(
            "two encodings",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "0\r\n\r\n"),
        post("quoted", "Transfer-Encoding: \"chunked\"", "0\r\n\r\n"),
        post("vertical tab", "Transfer-Encoding: \u000bchunked", "0\r\n\r\n"),
        post("a parameter", "Transfer-Encoding: chunked;q=1", "0\r\n\r\n"),
        post("no-break space", "Transfer-Encoding: \u00a0chunked", "0\r\n\r\n"),
        post("empty encoding", "Transfer-Encoding:", "0\r\n\r\n"),
        post("space before the colon", "Transfer-Encoding : chunked", "0\r\n\r\n"),
        post("tab before the colon", "Transfer-Encoding\t: chunked", "0\r\n\r\n"),
        of(
            "chunked in HTTP/1.0",
            "POST / HTTP/1.0",
            "Host: x",
            "Transfer-Encoding: chunked",
            "",
            "0",
            "",
            ""),
        // Lines.
        post("folded encoding", "Transfer-Encoding:\r\n chunked", "0\r\n\r\n"),
        post("folded length", "Content-Length:\r\n 4", "abcd"),
        get("a fold as the first header's", " X-A: 1"),
        new Case("LF ends the request line", "GET / HTTP/1.1\nHost: x\r\n\r\n"),
        new Case("LF ends a header", "GET / HTTP/1.1\r\nHost: x\nX-A: 1\r\n\r\n"),
        new Case("LF ends the head", "GET / HTTP/1.1\r\nHost: x\r\n\n"),
        new Case("only LF", "GET / HTTP/1.1\nHost: x\n\n"),
        get("CR in a value", "X-A: 1\rX-B: 2"),
        get("CR before LF twice", "X-A: 1\r\r\nX-B: 2"),
        get("NUL in a value", "X-A: 1\u00002"),
        get("NUL in a name", "X\u0000A: 1"),
        get("a control character in a name", "X\u0001A: 1"),
        get("a space in a name", "X A: 1"),
        get("no colon", "X-A"),
        get("no name", ": 1"),
        // The request line.
        of("no version", "GET /", "Host: x", "", ""),
        of("an old version", "GET / HTTP/0.9", "Host: x", "", ""),
        of("a newer version", "GET / HTTP/2.0", "Host: x", "", ""),
        of("a version that is none", "GET / HTTP/1.1x", "Host: x", "", ""),
        of("a protocol that is none", "GET / HTPT/1.1", "Host: x", "", ""),
        of("a space in the path", "GET /a b HTTP/1.1", "Host: x", "", ""),
        of("a tab in the path", "GET /a\tb HTTP/1.1", "Host: x", "", ""),
        of("NUL in the path", "GET /a\u0000b HTTP/1.1", "Host: x", "", ""),
        of("CR in the path", "GET /a\rb HTTP/1.1", "Host: x", "", ""),
        of("a path without a slash", "GET admin HTTP/1.1", "Host: x", "", ""),
        of("an asterisk for GET", "GET * HTTP/1.1", "Host: x", "", ""),
        of("a method that is none", "G(T / HTTP/1.1", "Host: x", "", ""),
        of("CONNECT", "CONNECT x:80 HTTP/1.1", "Host: x:80", "", ""),
        // Whose request it is.
        of("no Host", "GET / HTTP/1.1", "", ""),
        of("two Hosts", "GET / HTTP/1.1", "Host: x", "Host: y", "", ""),
        of("the same Host twice", "GET / HTTP/1.1", "Host: x", "Host: x", "", ""),
        of("a list of Hosts", "GET / HTTP/1.1", "Host: x, y", "", ""),
        of("a Host with a space", "GET / HTTP/1.1", "Host: x y", "", ""),
        of("a Host with a path", "GET / HTTP/1.1", "Host: x/y", "", ""),
        of("a Host with a user", "GET / HTTP/1.1", "Host: a@x", "", ""),
        of("an address with a user", "GET http://a@x/ HTTP/1.1", "Host: x", "", ""),
        of("a scheme that isn't HTTP", "GET ftp://x/ HTTP/1.1", "Host: x", "", ""));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Case one) throws Exception {
    target.requests.clear();

    String answer = ForwardingTest.raw(port, one.sent() + HIDDEN);

    assertThat(answer).matches("(?s)HTTP/1\\.[01] (400|405|414|431|505) .*");
    assertThat(answer.split("HTTP/1\\.[01] ", -1)).as("one answer, then the end").hasSize(2);
    assertThat(target.requests).isEmpty();
    assertThat(target.odd).isEmpty();
  }

  /** Bodies that turn out to be broken after the target was asked: it never sees an end of them. */
  static Stream<Case> brokenBodies() {
    return Stream.of(
        chunked("a signed chunk size", "+3\r\nabc\r\n0\r\n\r\n"),
        chunked("a negative chunk size", "-1\r\nabc\r\n0\r\n\r\n"),
        chunked("a hexadecimal prefix", "0x3\r\nabc\r\n0\r\n\r\n"),
        chunked("no number", "g\r\nabc\r\n0\r\n\r\n"),
        chunked("no chunk size", "\r\nabc\r\n0\r\n\r\n"),
        chunked("a chunk size beyond numbers", "fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
        chunked("a chunk size that wraps around", "100000003\r\nabc\r\n0\r\n\r\n"),
        chunked("LF ends a chunk size", "3\nabc\r\n0\r\n\r\n"),
        chunked("LF in an extension", "3;a\nabc\r\n0\r\n\r\n"),
        chunked("CR in an extension", "3;a\rb\r\nabc\r\n0\r\n\r\n"),
        chunked("no end of a chunk", "3\r\nabcd\r\n0\r\n\r\n"),
        chunked("LF ends a chunk", "3\r\nabc\n0\r\n\r\n"),
        chunked("LF ends the trailers", "3\r\nabc\r\n0\r\nX-A: 1\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource
  void brokenBodies(Case one) throws Exception {
    String answer = ForwardingTest.raw(brokenOffPort, one.sent() + HIDDEN);

    assertThat(answer).doesNotContain(" 200 ");
    assertThat(brokenOff.requests).isEmpty();
  }

  /** What is passed on as one clear request, and what it is then. */
  record Passed(String name, String sent, String method, String uri, String body) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Passed passed(Case one, String method, String uri, String body) {
    return new Passed(one.name(), one.sent(), method, uri, body);
  }

  static Stream<Passed> passedOn() {
    return Stream.of(
        passed(post("a length", "Content-Length: 4", "abcd"), "POST", "/", "abcd"),
        passed(post("a padded length", "Content-Length: \t 4 \t", "abcd"), "POST", "/", "abcd"),
        passed(post("zeros before a length", "Content-Length: 0004", "abcd"), "POST", "/", "abcd"),
        passed(chunked("chunks", "3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n"), "POST", "/", "abcd"),
        passed(
            post("CHUNKED", "Transfer-Encoding: CHUNKED", "3\r\nabc\r\n0\r\n\r\n"),
            "POST",
            "/",
            "abc"),
        passed(chunked("an extension", "3;a=\"b\"\r\nabc\r\n0;c\r\n\r\n"), "POST", "/", "abc"),
        passed(chunked("zeros before a size", "0003\r\nabc\r\n000\r\n\r\n"), "POST", "/", "abc"),
        passed(get("a length and GET", "Content-Length: 3").with("abc"), "GET", "/", "abc"),
        passed(get("no length", "X-A: 1"), "GET", "/", ""),
        passed(
            get("a length named as a hop's", "Connection: content-length, x-b\r\nX-B: 1"),
            "GET",
            "/",
            ""),
        passed(
            post(
                "an encoding named as a hop's",
                "Connection: transfer-encoding\r\nTransfer-Encoding: chunked",
                "3\r\nabc\r\n0\r\n\r\n"),
            "POST",
            "/",
            "abc"),
        passed(
            get(
                "an upgrade to HTTP/2",
                "Connection: Upgrade, HTTP2-Settings\r\n"
                    + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__"),
            "GET",
            "/",
            ""),
        passed(
            of("a whole address", "GET http://x/a?b=c HTTP/1.1", "Host: x", "", ""),
            "GET",
            "/a?b=c",
            ""),
        passed(
            of("a whole address without a path", "GET http://x?b=/c HTTP/1.1", "Host: x", "", ""),
            "GET",
            "/?b=/c",
            ""),
        passed(of("an asterisk", "OPTIONS * HTTP/1.1", "Host: x", "", ""), "OPTIONS", "*", ""),
        passed(of("HTTP/1.0", "GET /old HTTP/1.0", "Host: x", "", ""), "GET", "/old", ""),
        passed(
            of("empty lines before", "", "", "GET / HTTP/1.1", "Host: x", "", ""), "GET", "/", ""),
        // Written anew, each can be read in one way only.
        passed(get("folded header", "X-A: 1\r\n 2"), "GET", "/", ""),
        passed(
            chunked("NUL after a chunk size", "3\u0000\r\nabc\r\n0\r\n\r\n"), "POST", "/", "abc"),
        passed(chunked("a gap in a chunk size", "3 3\r\nabc\r\n0\r\n\r\n"), "POST", "/", "abc"),
        passed(
            chunked(
                "trailers that frame",
                "3\r\nabc\r\n0\r\nContent-Length: 9\r\nTransfer-Encoding: x\r\n\r\n"),
            "POST",
            "/",
            "abc"));
  }

  @ParameterizedTest
  @MethodSource
  void passedOn(Passed one) throws Exception {
    target.requests.clear();

    String answer = answer(one.sent());

    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(target.odd).isEmpty();
    assertThat(target.requests)
        .singleElement()
        .satisfies(
            read -> {
              assertThat(read.method()).isEqualTo(one.method());
              assertThat(read.uri()).isEqualTo(one.uri());
              assertThat(read.body()).isEqualTo(one.body());
              assertThat(read.headers())
                  .noneMatch(header -> header.startsWith("trailer Content-Length"))
                  .noneMatch(header -> header.startsWith("trailer Transfer-Encoding"));
            });
  }

  /** Reads one answer: the connection may be kept after it. */
  private static String answer(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      StringBuilder answer = new StringBuilder();
      byte[] part = new byte[1000];
      while (!answer.toString().endsWith("\r\n\r\nok")) {
        int read = socket.getInputStream().read(part);
        if (read < 0) {
          break;
        }
        answer.append(new String(part, 0, read, StandardCharsets.ISO_8859_1));
      }
      return answer.toString();
    }
  }

  @Test
  void theAddressSaysWhoseRequestItIsWhateverHostSays() throws Exception {
    target.requests.clear();

    answer("GET http://right/ HTTP/1.1\r\nHost: wrong\r\n\r\n");

    assertThat(target.requests.element().values("host")).containsExactly("right:" + port);
  }

  @Test
  void requestsInOneGoAreAsManyForTheTarget() throws Exception {
    target.requests.clear();
    String two =
        "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nabcd"
            + "POST /2 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
            + "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    String answers = ForwardingTest.raw(port, two);

    assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(4);
    assertThat(target.odd).isEmpty();
    assertThat(target.requests)
        .extracting(StrictReader.Read::uri)
        .containsExactly("/1", "/2", "/3");
  }
}
