package dev.berth.api.adapter.aws;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.util.SdkAutoConstructList;

/**
 * What a service's documentation says of members and the SDK's metadata doesn't: which are
 * required, and how long a text or a list may be. Requests are held against it before anybody asks
 * whether the caller may.
 *
 * @param rows by the names of shape, which of a request is its operation's, and of member
 */
public record MemberTable(Map<String, Map<String, Row>> rows) {
  private static final int COLUMNS = 5;
  private static final String REQUEST = "Request";

  /**
   * A member's row.
   *
   * @param least characters or elements
   * @param most characters or elements
   */
  public record Row(boolean required, int least, int most) {}

  /**
   * Reads a table of lines {@code shape,member,required,least,most}; {@code #} begins a comment.
   *
   * @param resource on the class path
   */
  public static MemberTable read(String resource) {
    Map<String, Map<String, Row>> rows = new HashMap<>();
    try (InputStream in = MemberTable.class.getResourceAsStream(resource);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && line.charAt(0) != '#') {
          String[] columns = line.split(",", COLUMNS);
          Row row =
              new Row(
                  columns[2].equals("required"),
                  columns[3].isEmpty() ? 0 : Integer.parseInt(columns[3]),
                  columns[4].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(columns[4]));
          if (rows.computeIfAbsent(columns[0], shape -> new LinkedHashMap<>()).put(columns[1], row)
              != null) {
            throw new IllegalStateException(resource + " has two rows of " + line);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " can't be read", e);
    }
    return new MemberTable(rows);
  }

  /** What is wrong with a request by the table, a sentence each. */
  public List<String> violations(SdkPojo request) {
    List<String> violations = new ArrayList<>();
    check(request, "", violations);
    return violations;
  }

  private void check(SdkPojo shape, String path, List<String> violations) {
    Map<String, Row> ofShape = rows.getOrDefault(nameOf(shape), Map.of());
    for (SdkField<?> field : shape.sdkFields()) {
      Object value = field.getValueOrDefault(shape);
      Row row = ofShape.get(field.locationName());
      boolean unset = value == null || value instanceof SdkAutoConstructList;
      if (row != null && unset && row.required()) {
        violations.add(missing(path, field));
      } else if (row != null && !unset) {
        checkLength(path, field, value, row, violations);
      }
      if (value instanceof SdkPojo nested) {
        check(nested, path + field.locationName() + ".", violations);
      } else if (value instanceof List<?> list) {
        for (int i = 0; i < list.size() && list.get(i) instanceof SdkPojo element; i++) {
          check(element, path + field.locationName() + "[" + i + "].", violations);
        }
      }
    }
  }

  private static void checkLength(
      String path, SdkField<?> field, Object value, Row row, List<String> violations) {
    if (value instanceof Collection<?> list && list.size() > row.most()) {
      violations.add(sentence(path, field) + " cannot have more than " + row.most() + " elements.");
    } else if (value instanceof String text
        && (text.length() > row.most() || text.length() < row.least())) {
      violations.add(
          path
              + field.locationName()
              + (row.least() > 0
                  ? " must have " + row.least() + " to " + row.most() + " characters."
                  : " must have at most " + row.most() + " characters."));
    }
  }

  /** ECS says "Container instances cannot be empty." of a list. */
  private static String missing(String path, SdkField<?> field) {
    return field.marshallingType() == MarshallingType.LIST
        ? sentence(path, field) + " cannot be empty."
        : path + field.locationName() + " is required.";
  }

  private static String sentence(String path, SdkField<?> field) {
    if (!path.isEmpty()) {
      return path + field.locationName();
    }
    String words = field.locationName().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String nameOf(SdkPojo shape) {
    String name = shape.getClass().getSimpleName();
    return name.endsWith(REQUEST) ? name.substring(0, name.length() - REQUEST.length()) : name;
  }
}
