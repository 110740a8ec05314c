package dev.berth.contracts.query;

/** The operators of the language, each with its words. */
enum Operator {
  EQUALS("==", "equals"),
  NOT_EQUALS("!=", "not_equals"),
  GREATER_THAN(">", "greater_than"),
  GREATER_THAN_EQUAL(">=", "greater_than_equal"),
  LESS_THAN("<", "less_than"),
  LESS_THAN_EQUAL("<=", "less_than_equal"),
  EXISTS("exists"),
  NOT_EXISTS("!exists", "not_exists"),
  IN("in"),
  NOT_IN("!in", "not_in"),
  MATCHES("=~", "matches"),
  NOT_MATCHES("!~", "not_matches");

  private final String symbol;
  private final String name;

  Operator(String word) {
    this(word, word);
  }

  Operator(String symbol, String name) {
    this.symbol = symbol;
    this.name = name;
  }

  /** The operator that a word stands for, or null. */
  static Operator of(String word) {
    for (Operator operator : values()) {
      if (operator.symbol.equals(word) || operator.name.equals(word)) {
        return operator;
      }
    }
    return null;
  }

  String word() {
    return symbol;
  }

  boolean isPattern() {
    return this == MATCHES || this == NOT_MATCHES;
  }
}
