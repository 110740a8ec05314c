package dev.berth.api.adapter.aws.query;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Writes shapes as XML. By hand, as elements with text are all there is, and the writers of the
 * Java runtime are found by reflection, which a native executable would have to be told of.
 */
public final class XmlShapes {
  private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private final StringBuilder out = new StringBuilder(DECLARATION);

  /** Opens an element. */
  public XmlShapes open(String name) {
    out.append('<').append(name).append('>');
    return this;
  }

  /** Opens the outermost element with its namespace. */
  public XmlShapes open(String name, String namespace) {
    out.append('<').append(name).append(" xmlns=\"").append(namespace).append("\">");
    return this;
  }

  public XmlShapes close(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  /** An element with a text. */
  public XmlShapes text(String name, String text) {
    open(name);
    escape(text == null ? "" : text);
    return close(name);
  }

  /** The members of a shape: those that aren't set, and lists that nobody set, are left out. */
  public XmlShapes members(SdkPojo shape) {
    for (SdkField<?> field : shape.sdkFields()) {
      Object value = field.getValueOrDefault(shape);
      if (value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)) {
        member(nameOf(field), field, value);
      }
    }
    return this;
  }

  private void member(String name, SdkField<?> field, Object value) {
    switch (value) {
      case List<?> list -> list(name, field.getTrait(ListTrait.class), list);
      case Map<?, ?> map -> map(name, field.getTrait(MapTrait.class), map);
      default -> {
        open(name);
        content(value);
        close(name);
      }
    }
  }

  private void list(String name, ListTrait trait, List<?> list) {
    String element =
        trait.memberLocationName() == null
            ? nameOf(trait.memberFieldInfo())
            : trait.memberLocationName();
    if (!trait.isFlattened()) {
      open(name);
    }
    for (Object one : list) {
      member(trait.isFlattened() ? name : element, trait.memberFieldInfo(), one);
    }
    if (!trait.isFlattened()) {
      close(name);
    }
  }

  private void map(String name, MapTrait trait, Map<?, ?> map) {
    String entry = trait.isFlattened() ? name : "entry";
    if (!trait.isFlattened()) {
      open(name);
    }
    map.forEach(
        (key, value) -> {
          open(entry);
          text(trait.keyLocationName(), String.valueOf(key));
          member(trait.valueLocationName(), trait.valueFieldInfo(), value);
          close(entry);
        });
    if (!trait.isFlattened()) {
      close(name);
    }
  }

  private void content(Object value) {
    switch (value) {
      case SdkPojo shape -> members(shape);
      case Instant time -> escape(time.toString());
      case SdkBytes bytes ->
          out.append(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
      default -> escape(String.valueOf(value));
    }
  }

  private static String nameOf(SdkField<?> field) {
    return field.unmarshallLocationName() == null
        ? field.locationName()
        : field.unmarshallLocationName();
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\r' -> out.append("&#xd;");
        // XML can't hold the others, not even escaped.
        default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
      }
    }
  }

  /** The document, in UTF-8. */
  public byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }
}
