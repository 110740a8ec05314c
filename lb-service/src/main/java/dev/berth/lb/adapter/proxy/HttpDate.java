package dev.berth.lb.adapter.proxy;

import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Dates as headers have them (RFC 9110, section 5.6.7). The JDK's formatter of that name writes
 * days of the month below ten with one digit, which strict readers don't take.
 */
final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static volatile Written last = new Written(0, of(0));

  /** The last second that was asked for. */
  private record Written(long epochSeconds, AsciiString text) {}

  private HttpDate() {}

  static AsciiString of(long epochSeconds) {
    return AsciiString.cached(FORMAT.format(Instant.ofEpochSecond(epochSeconds)));
  }

  static AsciiString now() {
    return at(TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()));
  }

  /** The same for a time that is asked for often: it is written once a second. */
  static AsciiString at(long epochSeconds) {
    Written known = last;
    if (known.epochSeconds() != epochSeconds) {
      known = new Written(epochSeconds, of(epochSeconds));
      last = known;
    }
    return known.text();
  }
}
