package dev.berth.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * Records as JSON: absent members are omitted, times are ISO 8601 in UTC, members a reader does not
 * know are ignored.
 */
public final class EventJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
          .build();

  private EventJson() {}

  /** A mapper of one's own with these settings, for callers that set more. */
  public static ObjectMapper newMapper() {
    return MAPPER.copy();
  }

  public static byte[] write(Object event) {
    try {
      return MAPPER.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot write " + event.getClass().getName(), e);
    }
  }

  /**
   * Reads a record.
   *
   * @throws UnreadableEventException if the bytes aren't such a record
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      T event = MAPPER.readValue(json, type);
      if (event == null) {
        throw new UnreadableEventException(type.getSimpleName() + " is null", null);
      }
      return event;
    } catch (IOException e) {
      throw new UnreadableEventException(
          "Not a readable " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }
}
