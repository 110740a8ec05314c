package dev.berth.scheduler.domain.state;

import java.time.Instant;

/**
 * Makes the versions of our records: microseconds since 1970, and always more than any version seen
 * before. Time keeps them growing when a predecessor's last records were never read, or are gone.
 */
final class VersionClock {
  private long last;

  long next(Instant now) {
    last = Math.max(last + 1, now.toEpochMilli() * 1000);
    return last;
  }

  void observe(long version) {
    last = Math.max(last, version);
  }
}
