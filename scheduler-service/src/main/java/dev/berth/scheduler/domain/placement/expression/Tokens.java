package dev.berth.scheduler.domain.placement.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts an expression into words, quoted values and punctuation. */
final class Tokens {
  private static final String[] SYMBOLS = {
    "==", "!=", ">=", "<=", "=~", "!~", "&&", "||", "(", ")", "[", "]", ",", "!", ">", "<", "="
  };
  private static final Set<String> PUNCTUATION = Set.of(SYMBOLS);

  private Tokens() {}

  static boolean isPunctuation(String token) {
    return PUNCTUATION.contains(token);
  }

  static List<String> of(String text) throws UnreadableExpressionException {
    List<String> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '"' || c == '\'') {
        int end = text.indexOf(c, at + 1);
        if (end < 0) {
          throw new UnreadableExpressionException("the quote at " + (at + 1) + " isn't closed");
        }
        tokens.add(text.substring(at + 1, end));
        at = end + 1;
      } else {
        String token = negatedWord(text, at);
        if (token == null) {
          token = symbol(text, at);
        }
        if (token == null) {
          token = word(text, at);
        }
        tokens.add(token);
        at += token.length();
      }
    }
    return tokens;
  }

  private static String negatedWord(String text, int at) {
    for (String word : new String[] {"!exists", "!in"}) {
      int end = at + word.length();
      if (text.startsWith(word, at)
          && (end == text.length() || !isWordCharacter(text.charAt(end)))) {
        return word;
      }
    }
    return null;
  }

  private static String symbol(String text, int at) {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        return symbol;
      }
    }
    return null;
  }

  private static String word(String text, int at) {
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
