package dev.berth.api.adapter.aws;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.berth.api.adapter.aws.json.JsonShapes;
import dev.berth.api.adapter.aws.json.UnreadableShapeException;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Turns the SDK's shapes into the records of the domain and back, by the names of their members:
 * where a record is called as ECS calls it, no handler copies member by member. Members that the
 * other side doesn't have are passed over.
 */
@ApplicationScoped
public class ShapeRecords {
  private final JsonShapes shapes = new JsonShapes();
  private final ObjectMapper mapper =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private final ObjectMapper sparse = withoutEmpty(mapper);

  private static ObjectMapper withoutEmpty(ObjectMapper mapper) {
    ObjectMapper sparse = mapper.copy();
    JsonInclude.Value notEmpty =
        JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS);
    sparse.configOverride(List.class).setInclude(notEmpty);
    sparse.configOverride(Map.class).setInclude(notEmpty);
    return sparse;
  }

  /**
   * A record with what a shape holds. Lists that the shape doesn't hold are null, or what the
   * record makes of null.
   *
   * @throws ProblemException InvalidParameterException if a value isn't among those known
   */
  public <T> T record(SdkPojo shape, Class<T> type) {
    try (TokenBuffer buffer = new TokenBuffer(mapper, false)) {
      shapes.write(shape, buffer);
      try (JsonParser parser = buffer.asParserOnFirstToken()) {
        return mapper.readValue(parser, type);
      }
    } catch (JsonMappingException e) {
      throw ProblemException.invalid(path(e), expectation(e));
    } catch (IOException e) {
      throw new IllegalStateException("A shape in memory can't be read as " + type, e);
    }
  }

  /**
   * A shape with what a record holds; members that are null aren't set, empty lists are.
   *
   * @param builder the shape's builder, which is filled and built
   */
  public <P extends SdkPojo> P shape(Object record, Buildable builder, Class<P> type) {
    return shape(mapper, record, builder, type);
  }

  /**
   * As {@link #shape}; {@code tags} are left out unless they were asked for.
   *
   * @param tags whether they were
   */
  public <P extends SdkPojo> P shape(
      Object record, Buildable builder, Class<P> type, boolean tags) {
    shape(record, builder, type);
    if (!tags) {
      ((SdkPojo) builder).sdkFieldNameToField().get("tags").set(builder, null);
    }
    return type.cast(builder.build());
  }

  /** As {@link #shape}, but empty lists and maps of the record aren't set either. */
  public <P extends SdkPojo> P sparse(Object record, Buildable builder, Class<P> type) {
    return shape(sparse, record, builder, type);
  }

  private <P extends SdkPojo> P shape(
      ObjectMapper writer, Object record, Buildable builder, Class<P> type) {
    try (TokenBuffer buffer = new TokenBuffer(writer, false)) {
      writer.writeValue(buffer, record);
      try (JsonParser parser = buffer.asParserOnFirstToken()) {
        shapes.read(parser, (SdkPojo) builder);
      }
      return type.cast(builder.build());
    } catch (UnreadableShapeException | IOException e) {
      throw new IllegalStateException(
          record.getClass() + " doesn't have the types of " + type + ": " + e.getMessage(), e);
    }
  }

  /**
   * Refuses a record that a shape can't hold: what is kept in ECS's own form came over REST, where
   * nobody has looked at its members yet.
   *
   * @throws ProblemException InvalidParameterException saying which type a member should have
   */
  public void fits(Object record, SdkPojo builder) {
    try (TokenBuffer buffer = new TokenBuffer(mapper, false)) {
      mapper.writeValue(buffer, record);
      try (JsonParser parser = buffer.asParserOnFirstToken()) {
        shapes.read(parser, builder);
      }
    } catch (UnreadableShapeException e) {
      throw ProblemException.invalid("(body)", "has a member of another type: " + e.getMessage());
    } catch (IOException e) {
      throw new IllegalStateException(record.getClass() + " can't be written", e);
    }
  }

  private static String expectation(JacksonException failure) {
    if (failure instanceof InvalidFormatException wrong
        && wrong.getTargetType() != null
        && wrong.getTargetType().isEnum()) {
      return "must be one of "
          + Arrays.stream(wrong.getTargetType().getEnumConstants())
              .map(ShapeRecords::constantName)
              .collect(Collectors.joining(", "))
          + ", not \""
          + Violations.shortened(String.valueOf(wrong.getValue()))
          + "\"";
    }
    return "has a value that isn't taken";
  }

  private static String constantName(Object constant) {
    Enum<?> one = (Enum<?>) constant;
    try {
      JsonProperty named =
          one.getDeclaringClass().getField(one.name()).getAnnotation(JsonProperty.class);
      return named == null ? one.name() : named.value();
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
    return path.toString();
  }
}
