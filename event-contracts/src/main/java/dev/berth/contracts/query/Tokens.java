package dev.berth.contracts.query;

import java.util.ArrayList;
import java.util.List;

/** Cuts a query into words, quoted values and punctuation. */
final class Tokens {
  private static final String[] SYMBOLS = {
    "==", "!=", ">=", "<=", "=~", "!~", "&&", "||", "(", ")", "[", "]", ",", "!", ">", "<", "="
  };
  private static final String[] NEGATED = {"!exists", "!in"};

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /** A word, or a quoted text, which is never punctuation. */
  record Token(String text, boolean quoted) {
    boolean is(String word) {
      return !quoted && text.equals(word);
    }

    boolean isPunctuation() {
      if (!quoted) {
        for (String symbol : SYMBOLS) {
          if (symbol.equals(text)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private Tokens(String text) {
    this.text = text;
  }

  static List<Token> of(String text) throws UnreadableQueryException {
    Tokens tokens = new Tokens(text);
    while (tokens.skipBlanks()) {
      tokens.next();
    }
    return List.copyOf(tokens.tokens);
  }

  private boolean skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  private void next() throws UnreadableQueryException {
    char c = text.charAt(at);
    if (c == '"' || c == '\'') {
      int end = text.indexOf(c, at + 1);
      if (end < 0) {
        throw new UnreadableQueryException("the quote at " + (at + 1) + " isn't closed");
      }
      tokens.add(new Token(text.substring(at + 1, end), true));
      at = end + 1;
      return;
    }
    String token = followsPattern() ? pattern() : negatedWord();
    if (token == null) {
      token = symbol();
    }
    if (token == null) {
      token = word();
    }
    boolean isPattern = followsPattern();
    tokens.add(new Token(token, isPattern));
    at += token.length();
  }

  private boolean followsPattern() {
    if (tokens.isEmpty() || tokens.getLast().quoted()) {
      return false;
    }
    Operator operator = Operator.of(tokens.getLast().text());
    return operator != null && operator.isPattern();
  }

  // A pattern has brackets of its own: it ends at a blank, or at a bracket that it didn't open.
  private String pattern() {
    int open = 0;
    int end = at;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      char c = text.charAt(end);
      if (c == '\\') {
        end++;
      } else if (c == '(') {
        open++;
      } else if (c == ')' && --open < 0) {
        break;
      }
      end++;
    }
    end = Math.min(end, text.length());
    return end == at ? null : text.substring(at, end);
  }

  private String negatedWord() {
    for (String word : NEGATED) {
      int end = at + word.length();
      if (text.startsWith(word, at)
          && (end == text.length() || !isWordCharacter(text.charAt(end)))) {
        return word;
      }
    }
    return null;
  }

  private String symbol() {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        return symbol;
      }
    }
    return null;
  }

  private String word() {
    int end = at;
    while (end < text.length() && isWordCharacter(text.charAt(end))) {
      end++;
    }
    return text.substring(at, Math.max(end, at + 1));
  }

  private static boolean isWordCharacter(char c) {
    return !Character.isWhitespace(c) && "()[],!=<>&|~\"'".indexOf(c) < 0;
  }
}
