package dev.berth.api.application;

import dev.berth.api.domain.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param nextToken where the next page begins, or null on the last one
 */
public record Page<T>(List<T> items, String nextToken) {
  private static final int MOST = 100;

  /**
   * What to list of a whole.
   *
   * @param after the last key of the page before; empty for the first page
   * @param limit 1 to 100
   */
  public record Request(String after, int limit) {
    /**
     * Reads the two parameters of every list.
     *
     * @throws ProblemException if the number is out of range or the token isn't one of ours
     */
    public static Request of(Integer maxResults, String nextToken) {
      if (maxResults != null && (maxResults < 1 || maxResults > MOST)) {
        throw ProblemException.invalid("maxResults", "must be 1 to 100, not " + maxResults);
      }
      return new Request(decoded(nextToken), maxResults == null ? MOST : maxResults);
    }

    /** One more than a page holds tells whether there is another page. */
    public int probe() {
      return limit + 1;
    }
  }

  /** Cuts what was found with {@link Request#probe} to a page. */
  public static <T> Page<T> of(List<T> found, Request request, Function<T, String> key) {
    if (found.size() <= request.limit()) {
      return new Page<>(found, null);
    }
    List<T> items = found.subList(0, request.limit());
    return new Page<>(List.copyOf(items), encoded(key.apply(items.getLast())));
  }

  /** The same page of other things. */
  public <R> Page<R> map(Function<T, R> change) {
    return new Page<>(items.stream().map(change).toList(), nextToken);
  }

  private static String encoded(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("1:" + key).getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String token) {
    if (token == null || token.isEmpty()) {
      return "";
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(token)))
              .toString();
      if (text.startsWith("1:") && text.indexOf('\0') < 0) {
        return text.substring(2);
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw ProblemException.invalid("nextToken", "is not a token that this API gave");
    }
    throw ProblemException.invalid("nextToken", "is not a token that this API gave");
  }
}
