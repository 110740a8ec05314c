package dev.berth.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.standalone.process.ProcessFailedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresProcessTest {
  @TempDir Path folder;

  @Test
  void keepsRowsOverAStopAndAKillAndAsksForItsPassword() throws Exception {
    try (PostgresProcess postgres = PostgresProcess.startIn(folder.resolve("postgres"))) {
      // Given a table with a row
      try (Connection connection = postgres.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept (line text)");
        statement.execute("INSERT INTO kept VALUES ('before the stop')");
      }

      // When it is stopped and started, and killed and started
      postgres.restart();
      try (Connection connection = postgres.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO kept VALUES ('before the kill')");
      }
      postgres.kill();
      assertThat(postgres.isAlive()).isFalse();
      postgres.start();

      // Then both rows are there
      try (Connection connection = postgres.connect();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT count(*) FROM kept")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(2);
      }
      // And nobody comes in with another password
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, postgres-linux-x86_64.txz",
    "Linux, x86_64, postgres-linux-x86_64.txz",
    "Linux, aarch64, postgres-linux-arm_64.txz"
  })
  void choosesTheArchiveOfTheProcessor(String os, String processor, String archive) {
    assertThat(PostgresExecutables.resourceFor(os, processor)).isEqualTo(archive);
  }

  @Test
  void namesAProcessorItHasNoArchiveFor() {
    assertThatThrownBy(() -> PostgresExecutables.resourceFor("Linux", "riscv64"))
        .isInstanceOf(ProcessFailedException.class)
        .hasMessageContaining("riscv64");
  }
}
