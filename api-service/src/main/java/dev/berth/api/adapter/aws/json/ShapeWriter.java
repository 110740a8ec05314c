package dev.berth.api.adapter.aws.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Writes one shape. */
final class ShapeWriter {
  private static final int MILLIS_DIGITS = 3;

  private final JsonGenerator out;

  ShapeWriter(JsonGenerator out) {
    this.out = out;
  }

  void write(SdkPojo shape) throws IOException {
    out.writeStartObject();
    for (SdkField<?> field : shape.sdkFields()) {
      Object value = field.getValueOrDefault(shape);
      if (value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)) {
        out.writeFieldName(field.locationName());
        value(value);
      }
    }
    out.writeEndObject();
  }

  private void value(Object value) throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case String text -> out.writeString(text);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Boolean truth -> out.writeBoolean(truth);
      case Instant time -> out.writeNumber(BigDecimal.valueOf(time.toEpochMilli(), MILLIS_DIGITS));
      case Double number -> out.writeNumber(number);
      case Float number -> out.writeNumber(number);
      case Short number -> out.writeNumber(number);
      case Byte number -> out.writeNumber(number);
      case BigDecimal number -> out.writeNumber(number);
      case SdkBytes bytes ->
          out.writeString(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
      case SdkPojo shape -> write(shape);
      case List<?> list -> {
        out.writeStartArray();
        for (Object element : list) {
          value(element);
        }
        out.writeEndArray();
      }
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.writeFieldName(entry.getKey().toString());
          value(entry.getValue());
        }
        out.writeEndObject();
      }
      default ->
          throw new IllegalStateException("The models have no values of " + value.getClass());
    }
  }
}
