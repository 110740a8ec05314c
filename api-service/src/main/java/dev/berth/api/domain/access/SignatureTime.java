package dev.berth.api.domain.access;

import dev.berth.api.domain.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * When a request was signed.
 *
 * @param text as the string to sign has it, {@code yyyyMMdd'T'HHmmss'Z'}
 */
public record SignatureTime(Instant instant, String text) {
  /** How far the client's clock may be from ours, either way. */
  public static final Duration SKEW = Duration.ofMinutes(5);

  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int DATE_DIGITS = 8;

  /**
   * By {@code X-Amz-Date}, else {@code Date}.
   *
   * @throws ProblemException if there is no such header, or none that can be read
   */
  public static SignatureTime of(SignedRequest request) {
    List<String> own = request.header("x-amz-date");
    List<String> general = request.header("date");
    if (own.size() > 1 || (own.isEmpty() && general.size() != 1)) {
      throw AccessError.INCOMPLETE_SIGNATURE.because(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }
    String text = own.isEmpty() ? general.get(0) : own.get(0);
    try {
      return at(text.strip());
    } catch (DateTimeException e) {
      throw AccessError.INCOMPLETE_SIGNATURE.because(
          "Date must be in ISO-8601 'basic format'. See http://en.wikipedia.org/wiki/ISO_8601");
    }
  }

  private static SignatureTime at(String text) {
    Instant instant =
        text.indexOf(' ') < 0
            ? LocalDateTime.parse(text, BASIC).toInstant(ZoneOffset.UTC)
            : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    return new SignatureTime(instant, BASIC.format(instant));
  }

  /**
   * Refuses a signature of another day than its scope's, one that is over, and one that isn't yet.
   *
   * @throws ProblemException {@code InvalidSignatureException}
   */
  public void check(SignatureClaim claim, Instant now) {
    String day = text.substring(0, DATE_DIGITS);
    if (!claim.date().equals(day)) {
      throw invalid(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:"
              + " '%s' != '%s', from '%s'.".formatted(claim.date(), day, text));
    }
    if (instant.isBefore(now.minus(SKEW))) {
      throw invalid(
          "Signature expired: %s is now earlier than %s (%s - 5 min.)"
              .formatted(text, BASIC.format(now.minus(SKEW)), BASIC.format(now)));
    }
    if (instant.isAfter(now.plus(SKEW))) {
      throw invalid(
          "Signature not yet current: %s is still later than %s (%s + 5 min.)"
              .formatted(text, BASIC.format(now.plus(SKEW)), BASIC.format(now)));
    }
  }

  private static ProblemException invalid(String message) {
    return AccessError.INVALID_SIGNATURE.because(message);
  }
}
