package dev.berth.contracts;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The headers of a record: CloudEvents 1.0, binary mode of the Kafka binding, and the extension
 * {@code installationid}, by which a reader knows that a log belongs to its own installation.
 */
public final class CloudEvents {
  public static final String SPEC_VERSION = "ce_specversion";
  public static final String ID = "ce_id";
  public static final String SOURCE = "ce_source";
  public static final String TYPE = "ce_type";
  public static final String SUBJECT = "ce_subject";
  public static final String TIME = "ce_time";
  public static final String INSTALLATION_ID = "ce_installationid";
  public static final String CONTENT_TYPE = "content-type";

  private CloudEvents() {}

  /** The headers of one record, in a fixed order. */
  public static Map<String, byte[]> headers(
      Topic topic, String key, String id, String source, Instant time, String installationId) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    put(headers, SPEC_VERSION, "1.0");
    put(headers, ID, id);
    put(headers, SOURCE, source);
    put(headers, TYPE, type(topic));
    put(headers, SUBJECT, key);
    put(headers, TIME, time.toString());
    put(headers, CONTENT_TYPE, "application/json");
    if (installationId != null) {
      put(headers, INSTALLATION_ID, installationId);
    }
    return headers;
  }

  /** The event type of a topic's records, {@code dev.berth.<resource>.<kind>.v1}. */
  public static String type(Topic topic) {
    return "dev." + topic.topicName();
  }

  private static void put(Map<String, byte[]> headers, String name, String value) {
    headers.put(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
