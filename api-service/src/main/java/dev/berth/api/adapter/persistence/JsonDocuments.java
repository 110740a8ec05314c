package dev.berth.api.adapter.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.contracts.EventJson;
import io.quarkus.hibernate.orm.JsonFormat;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;

/** Keeps documents in rows exactly as they cross Kafka, whatever the REST layer's JSON does. */
@JsonFormat
@PersistenceUnitExtension
public final class JsonDocuments implements FormatMapper {
  private final ObjectMapper mapper = EventJson.newMapper();

  @Override
  public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
    try {
      return mapper.readValue(text.toString(), mapper.constructType(type.getJavaType()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored document is not a " + type.getTypeName(), e);
    }
  }

  @Override
  public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot store a " + type.getTypeName(), e);
    }
  }
}
