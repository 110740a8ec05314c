package dev.berth.lb;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What the operating system lets this process have open. */
final class OpenFiles {
  /** Libraries, Kafka, logs, health checks. */
  private static final int RESERVE = 256;

  private static final int UNKNOWN = 1024;
  private static final int ENOUGH = 1_000_000;

  private OpenFiles() {}

  /** Connections that there are files for, at least 64. */
  static int mostConnections() {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            ? system.getMaxFileDescriptorCount()
            : UNKNOWN;
    return Math.max(64, (int) Math.min(ENOUGH, files * 95 / 100 - RESERVE));
  }
}
