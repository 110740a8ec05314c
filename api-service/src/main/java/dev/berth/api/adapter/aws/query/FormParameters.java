package dev.berth.api.adapter.aws.query;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Form parameters as a tree: {@code Tags.member.1.Key=a} is the value of the node Key in 1 in
 * member in Tags.
 */
public final class FormParameters {
  private static final int MOST = 20_000;
  private static final int DEEPEST = 32;

  private final Node root = new Node();

  /** A name, with what it stands for and what is below it. */
  static final class Node {
    private final Map<String, Node> children = new LinkedHashMap<>();
    private String value;

    Map<String, Node> children() {
      return children;
    }

    /** The text, or null. */
    String value() {
      return value;
    }
  }

  private FormParameters() {}

  /**
   * Reads the body of a form.
   *
   * @throws UnreadableFormException if it isn't one
   */
  public static FormParameters of(byte[] body) throws UnreadableFormException {
    FormParameters parameters = new FormParameters();
    int count = 0;
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (++count > MOST) {
        throw new UnreadableFormException("The request has more than " + MOST + " parameters");
      }
      int equals = pair.indexOf('=');
      parameters.put(
          decoded(equals < 0 ? pair : pair.substring(0, equals)),
          equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    return parameters;
  }

  private void put(String name, String value) throws UnreadableFormException {
    Node node = root;
    String[] path = name.split("\\.", -1);
    if (path.length > DEEPEST) {
      throw new UnreadableFormException("A parameter's name has more than " + DEEPEST + " parts");
    }
    for (String part : path) {
      node = node.children.computeIfAbsent(part, any -> new Node());
    }
    if (node.value != null) {
      throw new UnreadableFormException("The parameter " + name + " stands there twice");
    }
    node.value = value;
  }

  private static String decoded(String text) throws UnreadableFormException {
    try {
      String plain = URLDecoder.decode(text, StandardCharsets.UTF_8);
      // PostgreSQL can't keep it, and no name or text of a model may hold it.
      if (plain.indexOf('\0') >= 0) {
        throw new UnreadableFormException("A parameter must not hold the character U+0000");
      }
      return plain;
    } catch (IllegalArgumentException e) {
      throw new UnreadableFormException("A parameter isn't percent-encoded as it should be");
    }
  }

  /** A parameter whose name has one part. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(root.children.get(name)).map(Node::value);
  }

  Node root() {
    return root;
  }
}
