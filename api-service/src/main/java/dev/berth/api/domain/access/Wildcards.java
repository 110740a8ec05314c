package dev.berth.api.domain.access;

/**
 * IAM's wildcards: {@code *} is any characters or none, {@code ?} is one. The texts they are held
 * against may have stars too, which stand for a part that isn't known.
 */
final class Wildcards {
  private Wildcards() {}

  /**
   * Whether a pattern matches whatever a text stands for. Goes back to the last star only, so that
   * no pattern takes longer than its length times that of the text.
   */
  static boolean cover(String pattern, String text) {
    int inPattern = 0;
    int inText = 0;
    int star = -1;
    int afterStar = 0;
    while (inText < text.length()) {
      if (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
        star = inPattern++;
        afterStar = inText;
      } else if (inPattern < pattern.length()
          && isOne(pattern.charAt(inPattern), text.charAt(inText))) {
        inPattern++;
        inText++;
      } else if (star >= 0) {
        inPattern = star + 1;
        inText = ++afterStar;
      } else {
        return false;
      }
    }
    while (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
      inPattern++;
    }
    return inPattern == pattern.length();
  }

  /** Whether there is anything that both a pattern and a text stand for. */
  static boolean meet(String pattern, String text) {
    boolean[] reached = new boolean[text.length() + 1];
    reached[0] = true;
    open(reached, text);
    for (int at = 0; at < pattern.length(); at++) {
      char one = pattern.charAt(at);
      boolean[] next = new boolean[text.length() + 1];
      for (int in = 0; in <= text.length(); in++) {
        boolean unknown = in < text.length() && text.charAt(in) == '*';
        if (one == '*') {
          next[in] = reached[in] || (in > 0 && next[in - 1]);
        } else {
          next[in] |= reached[in] && unknown;
          if (in < text.length()
              && !unknown
              && reached[in]
              && (one == '?' || one == text.charAt(in))) {
            next[in + 1] = true;
          }
        }
      }
      open(next, text);
      reached = next;
    }
    return reached[text.length()];
  }

  /** A star of the text may stand for nothing. */
  private static void open(boolean[] reached, String text) {
    for (int in = 0; in < text.length(); in++) {
      reached[in + 1] |= reached[in] && text.charAt(in) == '*';
    }
  }

  /** A star of the text may be more than one character. */
  private static boolean isOne(char pattern, char text) {
    return pattern == text || (pattern == '?' && text != '*');
  }
}
