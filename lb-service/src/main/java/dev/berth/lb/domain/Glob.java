package dev.berth.lb.domain;

import java.util.Locale;

/**
 * A pattern as ELBv2's rules have it: {@code *} stands for any characters, none included, {@code ?}
 * for exactly one, and a backslash takes the meaning from the character behind it. Matching takes
 * at most the product of both lengths.
 */
public final class Glob {
  private static final char ANY = '\uE000';
  private static final char ONE = '\uE001';

  private final String tokens;
  private final boolean anyCase;
  private final int wildcard;

  private Glob(String tokens, boolean anyCase) {
    this.tokens = tokens;
    this.anyCase = anyCase;
    this.wildcard = firstWildcard(tokens);
  }

  /**
   * @param anyCase whether upper and lower case are the same
   */
  public static Glob of(String pattern, boolean anyCase) {
    StringBuilder tokens = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        tokens.append(pattern.charAt(i));
      } else if (c == '*') {
        if (tokens.isEmpty() || tokens.charAt(tokens.length() - 1) != ANY) {
          tokens.append(ANY);
        }
      } else {
        tokens.append(c == '?' ? ONE : c);
      }
    }
    String text = tokens.toString();
    return new Glob(anyCase ? text.toLowerCase(Locale.ROOT) : text, anyCase);
  }

  /** Whether the pattern has no wildcard. */
  public boolean isExact() {
    return wildcard < 0;
  }

  /** The characters before the first wildcard; in lower case if case doesn't matter. */
  public String literalPrefix() {
    return wildcard < 0 ? tokens : tokens.substring(0, wildcard);
  }

  public boolean matches(String text) {
    if (wildcard < 0) {
      return anyCase ? tokens.equalsIgnoreCase(text) : tokens.equals(text);
    }
    int t = 0;
    int p = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < tokens.length() && tokens.charAt(p) == ANY) {
        star = p++;
        resume = t;
      } else if (p < tokens.length() && same(tokens.charAt(p), text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < tokens.length() && tokens.charAt(p) == ANY) {
      p++;
    }
    return p == tokens.length();
  }

  private boolean same(char token, char c) {
    return token == ONE || token == c || (anyCase && token == Character.toLowerCase(c));
  }

  private static int firstWildcard(String tokens) {
    for (int i = 0; i < tokens.length(); i++) {
      char c = tokens.charAt(i);
      if (c == ANY || c == ONE) {
        return i;
      }
    }
    return -1;
  }
}
