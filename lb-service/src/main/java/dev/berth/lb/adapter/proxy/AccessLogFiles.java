package dev.berth.lb.adapter.proxy;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where access logs go, and how much of them is kept.
 *
 * @param folder what their paths begin with
 * @param maxBytes of a file, after which the next one is begun; 0 for as large as it gets
 * @param period after which the next one is begun, counted from midnight UTC; zero for never
 * @param keep files of a load balancer, the one that is written to among them; 1 and more
 */
public record AccessLogFiles(Path folder, long maxBytes, Duration period, int keep) {
  public AccessLogFiles {
    if (maxBytes < 0 || period.isNegative() || keep < 1) {
      throw new IllegalArgumentException(
          "An access log keeps a file or more, of a size and for a time that aren't negative");
    }
  }
}
