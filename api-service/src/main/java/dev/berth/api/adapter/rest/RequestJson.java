package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.taskdefinition.TaskDefinitionRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * How requests are read: strictly, as ECS does. A member that isn't known, a number where a text
 * belongs, a null in a list: each is named by its path.
 */
final class RequestJson {
  private static final int DEEPEST = 32;

  private final ObjectMapper mapper;

  RequestJson() {
    JsonMapper strict =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addDeserializer(String.class, new KeepableText()))
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .addMixIn(TaskDefinitionRequest.class, Sizes.class)
            .build();
    strict
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    strict.setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
    strict
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    mapper = strict;
  }

  /** Sizes may be numbers too: people write both. */
  @RegisterForReflection
  @SuppressWarnings("unused") // Jackson reads the annotations of a mix-in, nobody its fields
  private abstract static class Sizes {
    @JsonDeserialize(using = TextOrNumber.class)
    String cpu;

    @JsonDeserialize(using = TextOrNumber.class)
    String memory;
  }

  /** Reads a text that PostgreSQL, UTF-8 and the environment of a process can keep as it is. */
  private static final class KeepableText extends StringDeserializer {
    private static final long serialVersionUID = 1L;

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = super.deserialize(parser, context);
      String flaw = flaw(text);
      if (flaw != null) {
        throw context.weirdStringException(text, String.class, flaw);
      }
      return text;
    }
  }

  /** Reads a text, or a whole number as its digits. */
  @RegisterForReflection
  static final class TextOrNumber extends JsonDeserializer<String> {
    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
          || parser.currentToken() == JsonToken.VALUE_STRING) {
        return parser.getText();
      }
      return (String) context.handleUnexpectedToken(String.class, parser);
    }
  }

  /**
   * Reads a request's body.
   *
   * @throws ProblemException naming what is wrong with it
   */
  Object read(byte[] body, Type type) {
    try {
      Object read = mapper.readValue(body, mapper.constructType(type));
      if (read == null) {
        throw ProblemException.malformed("The body must be a JSON object, not null.");
      }
      return read;
    } catch (UnrecognizedPropertyException e) {
      throw ProblemException.invalid(
          path(e), "is not known here" + suggestion(e.getPropertyName(), e.getKnownPropertyIds()));
    } catch (InvalidNullException e) {
      throw ProblemException.invalid(path(e), "must not be null");
    } catch (MismatchedInputException e) {
      throw ProblemException.invalid(path(e), expectation(e));
    } catch (JsonMappingException e) {
      throw ProblemException.invalid(path(e), place(e) + ": " + e.getOriginalMessage());
    } catch (JacksonException e) {
      throw ProblemException.malformed(
          "The body is not JSON, " + place(e) + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw ProblemException.malformed("The body can't be read: " + e.getMessage());
    }
  }

  private static String suggestion(String unknown, Collection<Object> known) {
    return known == null
        ? ""
        : known.stream()
            .map(String::valueOf)
            .filter(name -> name.equalsIgnoreCase(unknown))
            .findFirst()
            .map(name -> "; did you mean " + name + "?")
            .orElse("");
  }

  private static String expectation(MismatchedInputException failure) {
    Class<?> type = failure.getTargetType();
    if (type == null) {
      return "has the wrong type";
    }
    if (type.isEnum() && failure instanceof InvalidFormatException) {
      return "must be one of "
          + Arrays.stream(type.getEnumConstants())
              .map(RequestJson::constantName)
              .collect(Collectors.joining(", "));
    }
    if (type == Integer.class || type == int.class || type == Long.class) {
      return "must be a whole number";
    }
    if (Number.class.isAssignableFrom(type) || type == double.class) {
      return "must be a number";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "must be true or false";
    }
    if (failure instanceof InvalidFormatException format
        && format.getValue() instanceof String text
        && flaw(text) != null) {
      return flaw(text);
    }
    if (type == String.class || type.isEnum()) {
      return "must be a text";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "must be a list";
    }
    return "must be an object";
  }

  /** What can't be kept of a text; null where all can. */
  private static String flaw(String text) {
    if (text == null) {
      return null;
    }
    if (text.indexOf('\0') >= 0) {
      return "must not contain the character NUL";
    }
    // A pair is one code point: what is left of its range stands alone.
    boolean half =
        text.codePoints()
            .anyMatch(
                point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    return half ? "must not contain half a surrogate pair" : null;
  }

  private static String constantName(Object constant) {
    try {
      JsonProperty named =
          ((Enum<?>) constant)
              .getDeclaringClass()
              .getField(((Enum<?>) constant).name())
              .getAnnotation(JsonProperty.class);
      return named == null ? ((Enum<?>) constant).name() : named.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String path(JsonMappingException failure) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : failure.getPath()) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.isEmpty() ? "(body)" : path.toString();
  }

  private static String place(JacksonException failure) {
    JsonLocation at = failure.getLocation();
    return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
