package dev.berth.lb.domain;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A listener's attributes (ELBv2: ListenerAttribute).
 *
 * @param serverHeader whether answers of the balancer itself name it in a Server header
 * @param responseHeaders headers that every answer gets, by name
 * @param requestHeaderNames other names for headers that the balancer adds, by their usual name
 * @param tcpIdle silence after which a flow is given up
 */
public record ListenerSettings(
    boolean serverHeader,
    Map<String, String> responseHeaders,
    Map<String, String> requestHeaderNames,
    Duration tcpIdle) {
  private static final String RESPONSE = "routing.http.response.";
  private static final String REQUEST = "routing.http.request.";
  private static final String VALUE = ".header_value";
  private static final String NAME = ".header_name";

  /** ELBv2's defaults. */
  public static final ListenerSettings DEFAULT = of(Map.of());

  public ListenerSettings {
    responseHeaders = Map.copyOf(responseHeaders);
    requestHeaderNames = Map.copyOf(requestHeaderNames);
  }

  /** Reads a listener's attributes. */
  public static ListenerSettings of(Map<String, String> attributes) {
    Attributes read = new Attributes(attributes);
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    attributes.forEach(
        (key, value) -> {
          if (value.isBlank()) {
            return;
          }
          if (key.startsWith(RESPONSE) && key.endsWith(VALUE)) {
            headers.put(middle(key, RESPONSE, VALUE).replace('_', '-'), value);
          } else if (key.startsWith(REQUEST) && key.endsWith(NAME)) {
            names.put(middle(key, REQUEST, NAME).replace('_', '-'), value);
          }
        });
    return new ListenerSettings(
        read.flag("routing.http.response.server.enabled", true),
        headers,
        names,
        read.seconds("tcp.idle_timeout.seconds", 350));
  }

  private static String middle(String key, String start, String end) {
    return key.substring(start.length(), key.length() - end.length());
  }
}
