package dev.berth.lb.adapter.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Files that take turns, by the JDK's own handler: {@code name.0.log} is written to, and becomes
 * {@code name.1.log} when it is large or old enough; the last one of those that are kept goes. Used
 * by one thread.
 */
final class RotatedLogs implements AutoCloseable {
  /** More load balancers than that share: a file that waits for its next line may be closed. */
  private static final int OPEN_AT_MOST = 64;

  private static final Formatter AS_IT_IS =
      new Formatter() {
        @Override
        public String format(LogRecord record) {
          return record.getMessage();
        }
      };

  private final AccessLogFiles files;
  private final Map<Path, Open> open = new HashMap<>();

  private record Open(FileHandler handler, Failures failures, long period) {}

  /** The handler tells of failures here rather than by throwing. */
  private static final class Failures extends ErrorManager {
    private Exception last;

    @Override
    public synchronized void error(String message, Exception cause, int code) {
      last = cause == null ? new IOException(message) : cause;
    }

    Exception take() {
      Exception failure = last;
      last = null;
      return failure;
    }
  }

  RotatedLogs(AccessLogFiles files) {
    this.files = files;
  }

  /**
   * Writes lines, each with its end, at the end of what a name's newest file has.
   *
   * @param name the path without what tells its files apart
   * @throws IOException if they, or some of them, couldn't be written
   */
  void append(Path name, String lines, Instant now) throws IOException {
    long period = period(now);
    Open to = open.get(name);
    if (to != null && to.period() != period) {
      close(name);
      to = null;
    }
    if (to == null) {
      if (open.size() >= OPEN_AT_MOST) {
        close();
      }
      to = open(name, period);
      open.put(name, to);
    }
    to.handler().publish(new LogRecord(Level.INFO, lines));
    Exception failure = to.failures().take();
    if (failure != null) {
      close(name);
      throw new IOException(failure);
    }
  }

  private Open open(Path name, long period) throws IOException {
    Files.createDirectories(name.toAbsolutePath().getParent());
    Path newest = name.resolveSibling(name.getFileName() + ".0.log");
    boolean goesOn =
        Files.exists(newest) && period(Files.getLastModifiedTime(newest).toInstant()) == period;
    // Per cent signs mean something in the pattern, and "%g" is where the number goes.
    String pattern = name.toString().replace("%", "%%") + ".%g.log";
    FileHandler handler = new FileHandler(pattern, files.maxBytes(), files.keep(), goesOn);
    handler.setEncoding(StandardCharsets.UTF_8.name());
    handler.setFormatter(AS_IT_IS);
    handler.setLevel(Level.ALL);
    Failures failures = new Failures();
    handler.setErrorManager(failures);
    return new Open(handler, failures, period);
  }

  private long period(Instant time) {
    long seconds = files.period().toSeconds();
    return seconds == 0 ? 0 : Math.floorDiv(time.getEpochSecond(), seconds);
  }

  private void close(Path name) {
    Open closed = open.remove(name);
    if (closed != null) {
      closed.handler().close();
    }
  }

  @Override
  public void close() {
    open.values().forEach(each -> each.handler().close());
    open.clear();
  }
}
