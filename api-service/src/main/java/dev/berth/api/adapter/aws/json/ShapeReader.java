package dev.berth.api.adapter.aws.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Reads one shape. The words of its refusals are close to those of AWS's own services. */
final class ShapeReader {
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
  private static final int LARGEST_EXPONENT = 400;

  private final JsonParser parser;

  ShapeReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads members into a builder; the parser stands on the object's start.
   *
   * @return the members that the shape doesn't have
   */
  Set<String> read(SdkPojo builder) throws IOException, UnreadableShapeException {
    Set<String> unknown = Set.of();
    Map<String, SdkField<?>> fields = builder.sdkFieldNameToField();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      SdkField<?> field = fields.get(name);
      JsonToken token = parser.nextToken();
      if (field == null) {
        unknown = unknown.isEmpty() ? new HashSet<>() : unknown;
        unknown.add(name);
        parser.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        field.set(builder, value(field));
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new UnreadableShapeException("Unexpected end-of-input in an object");
    }
    return unknown;
  }

  private Object value(SdkField<?> field) throws IOException, UnreadableShapeException {
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> text();
      case INTEGER -> whole(field, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
      case LONG -> whole(field, Long.MIN_VALUE, Long.MAX_VALUE).longValue();
      case SHORT -> whole(field, Short.MIN_VALUE, Short.MAX_VALUE).shortValue();
      case BYTE -> whole(field, Byte.MIN_VALUE, Byte.MAX_VALUE).byteValue();
      case DOUBLE -> finite(number("a Double").doubleValue(), "a Double");
      case FLOAT -> (float) finite(number("a Float").floatValue(), "a Float");
      case BIG_DECIMAL -> number("a BigDecimal");
      case BOOLEAN -> truth();
      case INSTANT -> time();
      case SDK_BYTES -> bytes();
      case SDK_POJO -> shape(field);
      case LIST -> list(field);
      case MAP -> map(field);
      case DOCUMENT, NULL ->
          throw new IllegalStateException(
              field.memberName() + " is of a type that no JSON service has");
    };
  }

  private String text() throws IOException, UnreadableShapeException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong("a String");
    }
    String text = parser.getText();
    // PostgreSQL can't keep it, and no name or text of a model may hold it.
    if (text.indexOf('\0') >= 0) {
      throw new UnreadableShapeException("A text must not hold the character U+0000");
    }
    return text;
  }

  private BigDecimal number(String wanted) throws IOException, UnreadableShapeException {
    if (!parser.currentToken().isNumeric()) {
      throw wrong(wanted);
    }
    BigDecimal number = parser.getDecimalValue();
    // Something like 1e999999999 takes for ever to make whole.
    if (Math.abs((long) number.precision() - number.scale()) > LARGEST_EXPONENT
        || Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
      throw new UnreadableShapeException("A number is out of range");
    }
    return number;
  }

  private BigDecimal whole(SdkField<?> field, long least, long most)
      throws IOException, UnreadableShapeException {
    String wanted =
        field.marshallingType().getTargetClass() == Long.class ? "a Long" : "an Integer";
    BigDecimal number = number(wanted);
    if (number.stripTrailingZeros().scale() > 0
        || number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw wrong(wanted);
    }
    return number;
  }

  private double finite(double number, String wanted) throws UnreadableShapeException {
    if (Double.isInfinite(number)) {
      throw wrong(wanted);
    }
    return number;
  }

  private Boolean truth() throws UnreadableShapeException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      default -> throw wrong("a Boolean");
    };
  }

  private Instant time() throws IOException, UnreadableShapeException {
    try {
      return Instant.ofEpochSecond(
          0, number("a Timestamp").multiply(NANOS).toBigInteger().longValueExact());
    } catch (ArithmeticException | DateTimeException e) {
      throw wrong("a Timestamp");
    }
  }

  private SdkBytes bytes() throws IOException, UnreadableShapeException {
    try {
      return SdkBytes.fromByteArray(Base64.getDecoder().decode(text()));
    } catch (IllegalArgumentException e) {
      throw new UnreadableShapeException("A blob must be written in Base64");
    }
  }

  private Object shape(SdkField<?> field) throws IOException, UnreadableShapeException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("an object");
    }
    SdkPojo builder = field.constructor().get();
    read(builder);
    return ((Buildable) builder).build();
  }

  private List<?> list(SdkField<?> field) throws IOException, UnreadableShapeException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong("a list");
    }
    SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        throw new UnreadableShapeException(
            "The list " + field.locationName() + " must not hold null");
      }
      list.add(value(member));
    }
    return list;
  }

  private Map<String, ?> map(SdkField<?> field) throws IOException, UnreadableShapeException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("a map");
    }
    SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
    Map<String, Object> map = new LinkedHashMap<>();
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      if (key.indexOf('\0') >= 0) {
        throw new UnreadableShapeException("A text must not hold the character U+0000");
      }
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        throw new UnreadableShapeException(
            "The map " + field.locationName() + " must not hold null");
      }
      map.put(key, value(member));
    }
    return map;
  }

  private UnreadableShapeException wrong(String wanted) {
    return new UnreadableShapeException(
        switch (parser.currentToken()) {
          case START_OBJECT -> "Start of structure or map found where not expected";
          case START_ARRAY -> "Start of list found where not expected";
          case VALUE_STRING -> "STRING_VALUE can not be converted to " + wanted;
          case VALUE_TRUE -> "TRUE_VALUE can not be converted to " + wanted;
          case VALUE_FALSE -> "FALSE_VALUE can not be converted to " + wanted;
          case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE can not be converted to " + wanted;
          case null, default -> "NUMBER_VALUE can not be converted to " + wanted;
        });
  }
}
