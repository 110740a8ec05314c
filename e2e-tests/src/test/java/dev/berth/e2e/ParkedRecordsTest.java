package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That no service wrote, in all the stories before, what another one couldn't read. */
@Order(Integer.MAX_VALUE)
class ParkedRecordsTest {
  static List<String> services() {
    return BerthSuite.shared().services();
  }

  @ParameterizedTest
  @MethodSource("services")
  void whatTheOthersWroteCouldBeRead(String service) throws IOException {
    Path log = BerthSuite.shared().part(service).logFile();

    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      assertThat(lines.filter(ParkedRecordsTest::isOfAParkedRecord).limit(10)).isEmpty();
    }
  }

  /** As each service says it of a record that it puts into its dead-letter topic. */
  private static boolean isOfAParkedRecord(String line) {
    return line.contains("Parked ") || line.contains("is parked");
  }
}
