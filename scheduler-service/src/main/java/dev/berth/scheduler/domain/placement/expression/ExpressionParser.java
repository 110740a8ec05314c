package dev.berth.scheduler.domain.placement.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads expressions such as {@code attribute:ecs.os-type == linux and not(task:group ==
 * service:db)}. {@code or} binds weaker than {@code and}, that weaker than {@code not}.
 */
public final class ExpressionParser {
  private static final int DEEPEST = 50;

  private final List<String> tokens;
  private int next;
  private int depth;

  private ExpressionParser(List<String> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads an expression.
   *
   * @throws UnreadableExpressionException with a sentence that says where it stops making sense
   */
  public static Expression parse(String text) throws UnreadableExpressionException {
    if (text == null || text.isBlank()) {
      throw new UnreadableExpressionException("the expression is empty");
    }
    ExpressionParser parser = new ExpressionParser(Tokens.of(text));
    Expression expression = parser.or();
    if (parser.next < parser.tokens.size()) {
      throw new UnreadableExpressionException("unexpected '" + parser.peek() + "'");
    }
    return expression;
  }

  private Expression or() throws UnreadableExpressionException {
    List<Expression> parts = new ArrayList<>();
    parts.add(and());
    while (skip("or", "||")) {
      parts.add(and());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.Or(parts);
  }

  private Expression and() throws UnreadableExpressionException {
    List<Expression> parts = new ArrayList<>();
    parts.add(not());
    while (skip("and", "&&")) {
      parts.add(not());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.And(parts);
  }

  private Expression not() throws UnreadableExpressionException {
    if (++depth > DEEPEST) {
      throw new UnreadableExpressionException("the expression is nested too deeply");
    }
    try {
      if (skip("not", "!")) {
        return new Expression.Not(not());
      }
      if (skip("(")) {
        Expression inner = or();
        expect(")");
        return inner;
      }
      return comparison();
    } finally {
      depth--;
    }
  }

  private Expression comparison() throws UnreadableExpressionException {
    String subject = take("a subject such as attribute:name");
    if (subject.startsWith("attribute:") && subject.length() > "attribute:".length()) {
      return ofAttribute(subject.substring("attribute:".length()));
    }
    if (subject.equals("task:group")) {
      return ofTaskGroup();
    }
    throw new UnreadableExpressionException(
        "'" + subject + "' is no supported subject; attribute:<name> and task:group are");
  }

  private Expression ofAttribute(String name) throws UnreadableExpressionException {
    String operator = take("an operator after attribute:" + name);
    return switch (operator) {
      case "==", "equals" -> new Expression.In(name, Set.of(value(operator)));
      case "!=", "not_equals" ->
          new Expression.Not(new Expression.In(name, Set.of(value(operator))));
      case "in" -> new Expression.In(name, values());
      case "!in", "not_in" -> new Expression.Not(new Expression.In(name, values()));
      case "exists" -> new Expression.Exists(name);
      case "!exists", "not_exists" -> new Expression.Not(new Expression.Exists(name));
      default -> throw unsupported(operator);
    };
  }

  private Expression ofTaskGroup() throws UnreadableExpressionException {
    String operator = take("an operator after task:group");
    return switch (operator) {
      case "==", "equals" -> new Expression.HoldsTaskOf(Set.of(value(operator)));
      case "!=", "not_equals" ->
          new Expression.Not(new Expression.HoldsTaskOf(Set.of(value(operator))));
      case "in" -> new Expression.HoldsTaskOf(values());
      case "!in", "not_in" -> new Expression.Not(new Expression.HoldsTaskOf(values()));
      default -> throw unsupported(operator);
    };
  }

  private static UnreadableExpressionException unsupported(String operator) {
    return new UnreadableExpressionException(
        "'"
            + operator
            + "' is no supported operator here; ==, !=, in, not_in, exists and not_exists are");
  }

  private String value(String operator) throws UnreadableExpressionException {
    String value = take("a value after " + operator);
    if (Tokens.isPunctuation(value)) {
      throw new UnreadableExpressionException("expected a value, not '" + value + "'");
    }
    return value;
  }

  private Set<String> values() throws UnreadableExpressionException {
    expect("[");
    Set<String> values = new LinkedHashSet<>();
    do {
      values.add(value("["));
    } while (skip(","));
    expect("]");
    return values;
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private boolean skip(String... wanted) {
    for (String token : wanted) {
      if (peek().equals(token)) {
        next++;
        return true;
      }
    }
    return false;
  }

  private String take(String what) throws UnreadableExpressionException {
    if (next >= tokens.size()) {
      throw new UnreadableExpressionException("it ends where " + what + " is expected");
    }
    return tokens.get(next++);
  }

  private void expect(String token) throws UnreadableExpressionException {
    if (!skip(token)) {
      throw new UnreadableExpressionException(
          next < tokens.size()
              ? "expected '" + token + "', not '" + peek() + "'"
              : "it ends where '" + token + "' is expected");
    }
  }
}
