package dev.berth.contracts.query;

import dev.berth.contracts.query.Tokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** Reads queries. {@code or} binds weaker than {@code and}, that weaker than {@code not}. */
final class QueryParser {
  private static final int DEEPEST = 50;

  private final List<Token> tokens;
  private int next;
  private int depth;

  QueryParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  Condition parse() throws UnreadableQueryException {
    Condition condition = or();
    if (next < tokens.size()) {
      throw new UnreadableQueryException("unexpected '" + tokens.get(next).text() + "'");
    }
    return condition;
  }

  private Condition or() throws UnreadableQueryException {
    List<Condition> parts = new ArrayList<>();
    parts.add(and());
    while (skip("or", "||")) {
      parts.add(and());
    }
    return parts.size() == 1 ? parts.getFirst() : new Condition.Or(parts);
  }

  private Condition and() throws UnreadableQueryException {
    List<Condition> parts = new ArrayList<>();
    parts.add(not());
    while (skip("and", "&&")) {
      parts.add(not());
    }
    return parts.size() == 1 ? parts.getFirst() : new Condition.And(parts);
  }

  private Condition not() throws UnreadableQueryException {
    if (++depth > DEEPEST) {
      throw new UnreadableQueryException("the expression is nested too deeply");
    }
    try {
      if (skip("not", "!")) {
        return new Condition.Not(not());
      }
      if (skip("(")) {
        Condition inner = or();
        expect(")");
        return inner;
      }
      return comparison();
    } finally {
      depth--;
    }
  }

  private Condition comparison() throws UnreadableQueryException {
    Subject subject = Subject.of(take("a subject such as attribute:name").text());
    Token word = take("an operator after " + subject.word());
    Operator operator = word.quoted() ? null : Operator.of(word.text());
    if (operator == null || !subject.operators().contains(operator)) {
      throw new UnreadableQueryException(
          "'%s' is no operator for %s; %s are"
              .formatted(
                  word.text(),
                  subject.word(),
                  subject.operators().stream()
                      .map(Operator::word)
                      .collect(Collectors.joining(", "))));
    }
    return switch (operator) {
      case EQUALS -> equal(subject);
      case NOT_EQUALS -> new Condition.Not(equal(subject));
      case GREATER_THAN -> ordered(subject, operator, order -> order > 0);
      case GREATER_THAN_EQUAL -> ordered(subject, operator, order -> order >= 0);
      case LESS_THAN -> ordered(subject, operator, order -> order < 0);
      case LESS_THAN_EQUAL -> ordered(subject, operator, order -> order <= 0);
      case EXISTS -> new Condition.Exists(subject.attribute());
      case NOT_EXISTS -> new Condition.Not(new Condition.Exists(subject.attribute()));
      case IN -> Condition.in(subject, values());
      case NOT_IN -> new Condition.Not(Condition.in(subject, values()));
      case MATCHES -> pattern(subject);
      case NOT_MATCHES -> new Condition.Not(pattern(subject));
    };
  }

  private Condition equal(Subject subject) throws UnreadableQueryException {
    return subject.kind() == Subject.Kind.REGISTERED_AT
            || subject.kind() == Subject.Kind.RUNNING_TASKS_COUNT
        ? ordered(subject, Operator.EQUALS, order -> order == 0)
        : Condition.in(subject, Set.of(value(Operator.EQUALS.word())));
  }

  private Condition ordered(Subject subject, Operator operator, IntPredicate test)
      throws UnreadableQueryException {
    Subject.Ordered argument = subject.ordered(value(operator.word()));
    return new Condition.AnyValue(subject, value -> test.test(argument.compare(value)));
  }

  private Condition pattern(Subject subject) throws UnreadableQueryException {
    BoundedPattern pattern = BoundedPattern.of(value(Operator.MATCHES.word()));
    return new Condition.AnyValue(subject, pattern::matches);
  }

  private String value(String after) throws UnreadableQueryException {
    Token value = take("a value after " + after);
    if (value.isPunctuation()) {
      throw new UnreadableQueryException("expected a value, not '" + value.text() + "'");
    }
    return value.text();
  }

  private Set<String> values() throws UnreadableQueryException {
    expect("[");
    Set<String> values = new LinkedHashSet<>();
    do {
      values.add(value("["));
    } while (skip(","));
    expect("]");
    return values;
  }

  private boolean skip(String... wanted) {
    for (String word : wanted) {
      if (next < tokens.size() && tokens.get(next).is(word)) {
        next++;
        return true;
      }
    }
    return false;
  }

  private Token take(String what) throws UnreadableQueryException {
    if (next >= tokens.size()) {
      throw new UnreadableQueryException("it ends where " + what + " is expected");
    }
    return tokens.get(next++);
  }

  private void expect(String word) throws UnreadableQueryException {
    if (!skip(word)) {
      throw new UnreadableQueryException(
          next < tokens.size()
              ? "expected '" + word + "', not '" + tokens.get(next).text() + "'"
              : "it ends where '" + word + "' is expected");
    }
  }
}
