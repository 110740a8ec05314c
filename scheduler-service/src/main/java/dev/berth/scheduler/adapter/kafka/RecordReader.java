package dev.berth.scheduler.adapter.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.UnreadableEventException;
import java.io.IOException;

/**
 * Reads records so that equal texts are mostly the same object. The tasks of a service name it, its
 * deployment, its definition and its image again and again, in two records each: without this most
 * of a large cluster's memory is copies of these names.
 */
public final class RecordReader {
  private static final ObjectMapper MAPPER =
      EventJson.newMapper()
          .registerModule(new SimpleModule().addDeserializer(String.class, new SharedTexts()));

  private RecordReader() {}

  /**
   * Reads a record, as {@link EventJson#read} does.
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

  /**
   * Remembers texts by their hash, one in each place, so that it needs no more than its places
   * whatever it is given. Several threads may use it: what one doesn't see of another's is only not
   * shared.
   */
  private static final class SharedTexts extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1L;
    private static final int PLACES = 1 << 18;
    private static final int LONGEST = 200;

    private final transient String[] known = new String[PLACES];

    SharedTexts() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = StringDeserializer.instance.deserialize(parser, context);
      if (text == null || text.length() > LONGEST) {
        return text;
      }
      int hash = text.hashCode();
      int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
      String before = known[place];
      if (text.equals(before)) {
        return before;
      }
      known[place] = text;
      return text;
    }
  }
}
