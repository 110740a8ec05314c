package dev.berth.api.application.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire, with everything that a signature may cover.
 *
 * @param path the path as the client sent it, still percent-encoded
 * @param query what stands behind the question mark, still percent-encoded; empty if nothing does
 * @param headers by name in lower case, each with its values in their order
 */
@SuppressWarnings("ArrayRecordComponent") // the body is read once and belongs to nobody else
public record IncomingRequest(
    String method, String path, String query, Map<String, List<String>> headers, byte[] body) {

  /** The first value of a header. */
  public Optional<String> header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }
}
