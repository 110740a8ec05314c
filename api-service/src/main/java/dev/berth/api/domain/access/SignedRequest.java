package dev.berth.api.domain.access;

import java.util.List;
import java.util.Locale;

/**
 * A request as it came, as far as a signature covers it.
 *
 * @param path as on the request line, still percent-encoded
 * @param query as on the request line, without the question mark; empty where there is none
 * @param headers in the order they came; names in any case
 * @param bodySha256 of the body's bytes, in lower-case hexadecimal digits
 */
public record SignedRequest(
    String method, String path, String query, List<Header> headers, String bodySha256) {

  /** One header line. */
  public record Header(String name, String value) {}

  /** The digest of no bytes. */
  public static final String EMPTY_BODY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  public SignedRequest {
    headers =
        headers.stream()
            .map(header -> new Header(header.name().toLowerCase(Locale.ROOT), header.value()))
            .toList();
  }

  /** All values of a header, in the order they came. */
  public List<String> header(String lowerCaseName) {
    return headers.stream()
        .filter(header -> header.name().equals(lowerCaseName))
        .map(Header::value)
        .toList();
  }
}
