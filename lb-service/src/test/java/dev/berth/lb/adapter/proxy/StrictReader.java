package dev.berth.lb.adapter.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads requests as RFC 9112 writes them and no other way: what it takes without complaint, no two
 * readers can take differently. Knows nothing of the balancer's own decoder.
 */
final class StrictReader {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** A request; trailers are among the headers under their own names with a leading "trailer ". */
  record Read(String method, String uri, List<String> headers, String body) {
    List<String> values(String name) {
      List<String> values = new ArrayList<>();
      for (String header : headers) {
        int colon = header.indexOf(':');
        if (header.substring(0, colon).equalsIgnoreCase(name)) {
          values.add(header.substring(colon + 1).strip());
        }
      }
      return values;
    }
  }

  /** What is not as RFC 9112 writes it. */
  static final class OddException extends IOException {
    private static final long serialVersionUID = 1;

    OddException(String why) {
      super(why);
    }
  }

  private final InputStream in;

  StrictReader(InputStream in) {
    this.in = in;
  }

  /** The next request; null at the end of the connection. */
  Read next() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    String line = line(first);
    String[] parts = line.split(" ", -1);
    check(parts.length == 3, "request line: " + line);
    check(parts[0].matches(TOKEN), "method: " + line);
    check(parts[1].matches("(/[!-~]*|\\*)"), "request target: " + line);
    check(parts[2].equals("HTTP/1.1"), "version: " + line);
    List<String> headers = headers();
    Read head = new Read(parts[0], parts[1], headers, "");
    check(head.values("host").size() == 1, "one Host: " + headers);
    check(
        head.values("host").getFirst().matches("[A-Za-z0-9.:\\[\\]_-]*"),
        "Host: " + head.values("host"));
    List<String> lengths = head.values("content-length");
    List<String> encodings = head.values("transfer-encoding");
    check(lengths.size() + encodings.size() <= 1, "one framing: " + headers);
    String body = "";
    if (!lengths.isEmpty()) {
      check(lengths.getFirst().matches("[0-9]{1,15}"), "length: " + lengths);
      body = text(Integer.parseInt(lengths.getFirst()));
    } else if (!encodings.isEmpty()) {
      check(encodings.getFirst().equals("chunked"), "encoding: " + encodings);
      body = chunks(headers);
    }
    return new Read(parts[0], parts[1], headers, body);
  }

  private List<String> headers() throws IOException {
    List<String> headers = new ArrayList<>();
    for (String line = line(in.read()); !line.isEmpty(); line = line(in.read())) {
      check(line.matches(TOKEN + ":[\\t\\x20-\\x7e\\x80-\\xff]*"), "header: " + line);
      String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
      check(
          !name.contains("_")
              || !name.replace('_', '-').matches("content-length|transfer-encoding"),
          "like framing: " + line);
      headers.add(line);
    }
    return headers;
  }

  private String chunks(List<String> headers) throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      String size = line(in.read());
      check(size.matches("[0-9a-fA-F]{1,8}"), "chunk size: " + size);
      int length = Integer.parseInt(size, 16);
      if (length == 0) {
        headers().forEach(trailer -> headers.add("trailer " + trailer));
        return body.toString();
      }
      body.append(text(length));
      check(line(in.read()).isEmpty(), "end of a chunk");
    }
  }

  private String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    check(bytes.length == length, "the body ends early");
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private String line(int first) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = first;
    while (next != '\r') {
      check(next >= 0, "the end comes early after " + line);
      check(next != '\n' && next != 0, "byte " + next + " in a line after " + line);
      line.write(next);
      next = in.read();
    }
    check(in.read() == '\n', "CR without LF after " + line);
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static void check(boolean holds, String what) throws OddException {
    if (!holds) {
      throw new OddException(what);
    }
  }
}
