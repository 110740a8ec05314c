package dev.berth.api.adapter.aws.query;

import dev.berth.api.adapter.aws.query.FormParameters.Node;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Reads shapes from form parameters (Smithy: awsQuery, ec2Query). Lists are written {@code
 * Name.member.1} or {@code Name.1}: both are read for all services. Parameters that the shape
 * doesn't have are passed over.
 */
public final class FormShapes {
  private static final String NUMBER = "[1-9]\\d{0,5}";

  /**
   * Reads a shape.
   *
   * @param builder the shape's builder
   */
  public void read(FormParameters parameters, SdkPojo builder) throws UnreadableFormException {
    read(parameters.root(), builder);
  }

  private void read(Node node, SdkPojo builder) throws UnreadableFormException {
    for (SdkField<?> field : builder.sdkFields()) {
      Node child = node.children().get(field.locationName());
      if (child != null) {
        field.set(builder, value(child, field));
      }
    }
  }

  private Object value(Node node, SdkField<?> field) throws UnreadableFormException {
    return switch (field.marshallingType().getKnownType()) {
      case SDK_POJO -> {
        SdkPojo builder = field.constructor().get();
        read(node, builder);
        yield ((Buildable) builder).build();
      }
      case LIST -> list(node, field.getTrait(ListTrait.class));
      case MAP -> map(node, field.getTrait(MapTrait.class));
      default -> scalar(text(node, field), field);
    };
  }

  private static String text(Node node, SdkField<?> field) throws UnreadableFormException {
    if (node.value() == null) {
      throw new UnreadableFormException(field.locationName() + " must be a value");
    }
    return node.value();
  }

  private static Object scalar(String text, SdkField<?> field) throws UnreadableFormException {
    String name = field.locationName();
    try {
      return switch (field.marshallingType().getKnownType()) {
        case STRING -> text;
        case INTEGER -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case SHORT -> Short.valueOf(text);
        case BYTE -> Byte.valueOf(text);
        case DOUBLE -> Double.valueOf(text);
        case FLOAT -> Float.valueOf(text);
        case BIG_DECIMAL -> new BigDecimal(text);
        case BOOLEAN -> truth(text, name);
        case INSTANT -> Instant.parse(text);
        case SDK_BYTES -> SdkBytes.fromByteArray(Base64.getDecoder().decode(text));
        default ->
            throw new IllegalStateException(name + " is of a type that no Query service has");
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UnreadableFormException(name + " has a value of the wrong type: '" + text + "'");
    }
  }

  private static Boolean truth(String text, String name) throws UnreadableFormException {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.valueOf(text);
    }
    throw new UnreadableFormException(name + " must be true or false");
  }

  private List<?> list(Node node, ListTrait trait) throws UnreadableFormException {
    List<Object> list = new ArrayList<>();
    for (Node element : numbered(node)) {
      list.add(value(element, trait.memberFieldInfo()));
    }
    return list;
  }

  private Map<String, ?> map(Node node, MapTrait trait) throws UnreadableFormException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Node entry : numbered(node)) {
      Node key = entry.children().get(trait.keyLocationName());
      Node value = entry.children().get(trait.valueLocationName());
      if (key == null || key.value() == null || value == null) {
        throw new UnreadableFormException("An entry of a map must have a key and a value");
      }
      map.put(key.value(), value(value, trait.valueFieldInfo()));
    }
    return map;
  }

  /** The elements below a node by their numbers, which stand there or one name further down. */
  private static Iterable<Node> numbered(Node node) {
    Map<Integer, Node> byNumber = new TreeMap<>();
    Node holder = node;
    if (node.children().size() == 1) {
      Map.Entry<String, Node> only = node.children().entrySet().iterator().next();
      holder = only.getKey().matches(NUMBER) ? node : only.getValue();
    }
    holder
        .children()
        .forEach(
            (name, child) -> {
              if (name.matches(NUMBER)) {
                byNumber.put(Integer.valueOf(name), child);
              }
            });
    return byNumber.values();
  }
}
