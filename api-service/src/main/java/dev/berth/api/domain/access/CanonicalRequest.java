package dev.berth.api.domain.access;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The canonical form of a request, as the IAM guide's "Create a signed AWS API request" describes
 * it for every service but S3: the path is normalized and encoded once more, query parameters are
 * sorted, and blanks in header values are folded.
 */
public final class CanonicalRequest {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String UNRESERVED = "-_.~";
  private static final String HEX = "0123456789ABCDEF";
  private static final int ESCAPE = 3;

  private CanonicalRequest() {}

  /**
   * Builds it.
   *
   * @param signedHeaders lower-case names, in any order
   */
  public static String of(SignedRequest request, List<String> signedHeaders) {
    StringBuilder text = new StringBuilder(512);
    text.append(request.method()).append('\n');
    text.append(path(request.path())).append('\n');
    text.append(query(request.query())).append('\n');
    List<String> names = signedHeaders.stream().sorted().toList();
    for (String name : names) {
      text.append(name).append(':').append(values(request.header(name))).append('\n');
    }
    text.append('\n').append(String.join(";", names)).append('\n');
    return text.append(request.bodySha256()).toString();
  }

  private static String values(List<String> values) {
    return values.stream()
        .map(value -> BLANKS.matcher(value.strip()).replaceAll(" "))
        .collect(Collectors.joining(","));
  }

  private static String path(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(encode(segment.getBytes(StandardCharsets.UTF_8)));
      }
    }
    boolean folder = path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
    return segments.isEmpty() ? "/" : "/" + String.join("/", segments) + (folder ? "/" : "");
  }

  private static String query(String query) {
    if (query.isEmpty()) {
      return "";
    }
    List<String[]> parameters = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      if (equals >= 0 || !name.isEmpty()) {
        parameters.add(new String[] {encode(decode(name)), encode(decode(value))});
      }
    }
    parameters.sort((one, other) -> Arrays.compare(one, other));
    return parameters.stream()
        .map(parameter -> parameter[0] + "=" + parameter[1])
        .collect(Collectors.joining("&"));
  }

  private static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length + 16);
    for (byte one : bytes) {
      int value = one & 0xff;
      if (isUnreserved(value)) {
        text.append((char) value);
      } else {
        text.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 0xf));
      }
    }
    return text.toString();
  }

  private static boolean isUnreserved(int value) {
    return (value >= 'A' && value <= 'Z')
        || (value >= 'a' && value <= 'z')
        || (value >= '0' && value <= '9')
        || UNRESERVED.indexOf(value) >= 0;
  }

  /** An escape that isn't one stays as it is. */
  private static byte[] decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] decoded = new byte[bytes.length];
    int length = 0;
    for (int at = 0; at < bytes.length; at++) {
      int high = bytes[at] == '%' && at + ESCAPE <= bytes.length ? digit(bytes[at + 1]) : -1;
      int low = high >= 0 ? digit(bytes[at + 2]) : -1;
      if (low >= 0) {
        decoded[length++] = (byte) ((high << 4) | low);
        at += ESCAPE - 1;
      } else {
        decoded[length++] = bytes[at];
      }
    }
    return Arrays.copyOf(decoded, length);
  }

  private static int digit(byte character) {
    return Character.digit((char) character, 16);
  }
}
