package dev.berth.api.adapter.aws.elbv2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.berth.api.adapter.aws.json.JsonShapes;
import dev.berth.api.adapter.aws.json.UnreadableShapeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Turns the SDK's shapes into the records of the domain and back by the names of their members,
 * which in this API begin with a capital.
 */
@ApplicationScoped
public class LoadBalancingShapes {
  private final JsonShapes shapes = new JsonShapes();
  private final ObjectMapper mapper =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addSerializer(Double.class, new WholeSeconds())
                  .addSerializer(double.class, new WholeSeconds()))
          .propertyNamingStrategy(new Capitals())
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  /** A record with what a shape holds; lists that nobody set are null. */
  public <T> T record(SdkPojo shape, Class<T> type) {
    try (TokenBuffer buffer = new TokenBuffer(mapper, false)) {
      shapes.write(shape, buffer);
      try (JsonParser parser = buffer.asParserOnFirstToken()) {
        return mapper.readValue(parser, type);
      }
    } catch (IOException e) {
      throw new IllegalStateException("A shape in memory can't be read as " + type, e);
    }
  }

  /**
   * A shape with what a record holds; what the shape doesn't have is left out.
   *
   * @param builder the shape's builder, which is filled and built
   */
  public <P extends SdkPojo> P shape(Object record, Buildable builder, Class<P> type) {
    try (TokenBuffer buffer = new TokenBuffer(mapper, false)) {
      mapper.writeValue(buffer, record);
      try (JsonParser parser = buffer.asParserOnFirstToken()) {
        shapes.read(parser, (SdkPojo) builder);
      }
      return type.cast(builder.build());
    } catch (UnreadableShapeException | IOException e) {
      throw new IllegalStateException(
          record.getClass() + " doesn't have the types of " + type + ": " + e.getMessage(), e);
    }
  }

  /** This API counts whole seconds; Berth's own goes below one. */
  private static final class WholeSeconds extends JsonSerializer<Double> {
    @Override
    public void serialize(Double seconds, JsonGenerator out, SerializerProvider serializers)
        throws IOException {
      out.writeNumber((int) Math.ceil(seconds));
    }
  }

  /** The names of members as this API writes them. */
  private static final class Capitals extends PropertyNamingStrategies.NamingBase {
    private static final long serialVersionUID = 1L;

    @Override
    public String translate(String name) {
      return name.equals("dnsName")
          ? "DNSName"
          : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
  }
}
