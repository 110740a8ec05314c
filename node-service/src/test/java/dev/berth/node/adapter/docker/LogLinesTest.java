package dev.berth.node.adapter.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.berth.node.domain.container.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLinesTest {
  private static final String TIME = "2026-11-22T10:00:00.123456789Z";

  private final List<LogLine> lines = new ArrayList<>();
  private final LogLines assembler = new LogLines(lines::add);

  @Test
  void takesTheTimeOffEachLine() {
    add(StreamType.STDOUT, TIME + " hello world\n");
    add(StreamType.STDERR, TIME + " \n");
    assertThat(lines)
        .containsExactly(
            new LogLine(Instant.parse(TIME), "stdout", "hello world"),
            new LogLine(Instant.parse(TIME), "stderr", ""));
  }

  @Test
  void joinsALineThatCameInPieces() {
    add(StreamType.STDOUT, TIME + " one ");
    add(StreamType.STDERR, TIME + " between\n");
    add(StreamType.STDOUT, "2026-11-22T10:00:01Z two ");
    add(StreamType.STDOUT, "2026-11-22T10:00:02Z three\n");
    assertThat(lines).extracting(LogLine::message).containsExactly("between", "one two three");
    assertThat(lines.getLast().timestamp()).isEqualTo(Instant.parse(TIME));
  }

  @Test
  void joinsTheBytesOfOneCharacter() {
    byte[] text = (TIME + " ü\n").getBytes(StandardCharsets.UTF_8);
    int middle = text.length - 2;
    assembler.add(new Frame(StreamType.RAW, java.util.Arrays.copyOfRange(text, 0, middle)));
    assembler.add(
        new Frame(StreamType.RAW, java.util.Arrays.copyOfRange(text, middle, text.length)));
    assertThat(lines).extracting(LogLine::message).containsExactly("ü");
  }

  @Test
  void cutsATerminalsChunksIntoLines() {
    add(StreamType.RAW, TIME + " one\r\n" + TIME + " t");
    add(StreamType.RAW, "wo\r\n");
    assertThat(lines).extracting(LogLine::message).containsExactly("one", "two");
  }

  @Test
  void givesOutALastLineWithoutAnEnd() {
    add(StreamType.STDOUT, TIME + " prompt>");
    assembler.end();
    assertThat(lines).extracting(LogLine::message).containsExactly("prompt>");
  }

  @Test
  void givesOutAnEndlessLineInPieces() {
    add(StreamType.STDOUT, TIME + " " + "x".repeat(70_000));
    add(StreamType.STDOUT, TIME + " rest\n");
    assertThat(lines).hasSize(2);
    assertThat(lines.getLast().message()).isEqualTo("rest");
  }

  private void add(StreamType type, String text) {
    assembler.add(new Frame(type, text.getBytes(StandardCharsets.UTF_8)));
  }
}
