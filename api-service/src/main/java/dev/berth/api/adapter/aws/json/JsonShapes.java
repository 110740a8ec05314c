package dev.berth.api.adapter.aws.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/** Shapes as JSON, as the AWS JSON protocols have it. */
public final class JsonShapes {
  /** The deepest shape of the models that are served has about ten levels. */
  private static final int DEEPEST = 64;

  private static final int LONGEST_NUMBER = 400;
  private static final int USUAL_SIZE = 4096;

  private final JsonFactory json =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
          .build();

  /**
   * Reads a shape. Members that the shape doesn't have are passed over, null is the same as absent.
   *
   * @param body a JSON object; nothing at all stands for an empty one
   * @param builder the shape's builder
   * @return the members of the shape itself that were passed over
   */
  public Set<String> read(byte[] body, SdkPojo builder) throws UnreadableShapeException {
    if (body.length == 0) {
      return Set.of();
    }
    try (JsonParser parser = json.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableShapeException("The body must be a JSON object.");
      }
      Set<String> unknown = new ShapeReader(parser).read(builder);
      if (parser.nextToken() != null) {
        throw new UnreadableShapeException("Something stands behind the JSON object.");
      }
      return unknown;
    } catch (JsonProcessingException e) {
      throw new UnreadableShapeException("The body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UnreadableShapeException("The body can't be read as JSON: " + e.getMessage());
    }
  }

  /**
   * Reads a shape from tokens in memory.
   *
   * @param parser stands on the object's start
   */
  public void read(JsonParser parser, SdkPojo builder)
      throws IOException, UnreadableShapeException {
    new ShapeReader(parser).read(builder);
  }

  /** Writes a shape as tokens. */
  public void write(SdkPojo shape, JsonGenerator generator) throws IOException {
    new ShapeWriter(generator).write(shape);
  }

  /** Writes a shape: members that aren't set, and lists that nobody set, are left out. */
  public byte[] write(SdkPojo shape) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_SIZE);
    try (JsonGenerator generator = json.createGenerator(out)) {
      new ShapeWriter(generator).write(shape);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Writes an error. */
  public byte[] error(String code, String message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = json.createGenerator(out)) {
      generator.writeStartObject();
      generator.writeStringField("__type", code);
      generator.writeStringField("message", message);
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
