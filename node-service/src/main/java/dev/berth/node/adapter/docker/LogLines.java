package dev.berth.node.adapter.docker;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.berth.node.domain.container.LogLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts lines together from the frames of a log that is read with timestamps. A frame holds one
 * entry; an entry without a line end goes on in the next frame of its stream, which starts with a
 * timestamp of its own. A terminal's log has no frames: its chunks end anywhere.
 */
final class LogLines {
  /** A line without end is given out in pieces of this size, in bytes. */
  private static final int LONGEST = 64 * 1024;

  private final Consumer<LogLine> sink;
  private final Map<StreamType, Pending> pending = new EnumMap<>(StreamType.class);

  LogLines(Consumer<LogLine> sink) {
    this.sink = sink;
  }

  void add(Frame frame) {
    Pending line = pending.computeIfAbsent(frame.getStreamType(), Pending::new);
    byte[] bytes = frame.getPayload();
    int from = 0;
    if (frame.getStreamType() != StreamType.RAW && line.timestamp != null) {
      from = afterTimestamp(bytes);
    }
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        line.append(bytes, from, i);
        line.flush();
        from = i + 1;
      }
    }
    if (from < bytes.length) {
      line.append(bytes, from, bytes.length);
      if (frame.getStreamType() != StreamType.RAW) {
        line.takeTimestamp();
      }
      if (line.text.size() >= LONGEST) {
        line.flush();
      }
    }
  }

  /** Gives out what had no line end. */
  void end() {
    pending.values().stream().filter(line -> line.text.size() > 0).forEach(Pending::flush);
  }

  private static int afterTimestamp(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == ' ') {
        return i + 1;
      }
    }
    return 0;
  }

  private final class Pending {
    private final String stream;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private Instant timestamp;

    Pending(StreamType type) {
      stream = type == StreamType.STDERR ? "stderr" : "stdout";
    }

    void append(byte[] bytes, int from, int to) {
      text.write(bytes, from, to - from);
    }

    void takeTimestamp() {
      if (timestamp != null) {
        return;
      }
      String line = text.toString(StandardCharsets.UTF_8);
      int space = line.indexOf(' ');
      String first = space < 0 ? line : line.substring(0, space);
      try {
        timestamp = Instant.parse(first);
      } catch (DateTimeParseException e) {
        // Some log drivers give no timestamps; then the line is all there is.
        return;
      }
      byte[] rest = (space < 0 ? "" : line.substring(space + 1)).getBytes(StandardCharsets.UTF_8);
      text.reset();
      text.write(rest, 0, rest.length);
    }

    void flush() {
      takeTimestamp();
      String line = text.toString(StandardCharsets.UTF_8);
      text.reset();
      sink.accept(
          new LogLine(
              timestamp,
              stream,
              line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
      timestamp = null;
    }
  }
}
