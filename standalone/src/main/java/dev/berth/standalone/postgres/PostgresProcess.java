package dev.berth.standalone.postgres;

import dev.berth.standalone.home.PrivateFiles;
import dev.berth.standalone.process.ChildProcess;
import dev.berth.standalone.process.FileTrees;
import dev.berth.standalone.process.ProcessFailedException;
import dev.berth.standalone.process.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One PostgreSQL server as a child process with its data in one folder. It listens on 127.0.0.1,
 * asks for a password (SCRAM), and has the user and the database {@code berth}. Stopped and started
 * again it keeps its port and its data. Works as root too, in a user namespace of its own.
 *
 * <p>Not thread-safe.
 */
public final class PostgresProcess extends ServerProcess {
  /** Name of the user and of the database. */
  public static final String BERTH = "berth";

  private final Path cache;
  private final String password;
  private final List<String> settings;

  private PostgresProcess(Builder builder) {
    super(builder.dataDir, builder.logFile, builder.port);
    cache = builder.cache == null ? defaultCache() : builder.cache.toAbsolutePath();
    password = builder.password == null ? randomPassword() : builder.password;
    settings = List.copyOf(builder.settings);
  }

  /** Starts a server on a free port with a random password. */
  public static PostgresProcess startIn(Path dataDir) {
    return in(dataDir).start();
  }

  /** Configures a server; its data are kept in the folder, which may not exist yet. */
  public static Builder in(Path dataDir) {
    return new Builder(dataDir);
  }

  public String user() {
    return BERTH;
  }

  public String password() {
    return password;
  }

  /** URL for JDBC, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + BERTH;
  }

  /** URL for the reactive client, without user and password. */
  public String reactiveUrl() {
    return "postgresql://127.0.0.1:" + port() + "/" + BERTH;
  }

  /** A JDBC connection to the database. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), BERTH, password);
  }

  /** Starts the server, unless it runs, and waits until it answers. */
  public PostgresProcess start() {
    startAndWait();
    return this;
  }

  @Override
  protected ChildProcess launch() {
    Path home = PostgresExecutables.unpackInto(cache);
    if (!Files.exists(dataDir().resolve("PG_VERSION"))) {
      initialize(home);
    }
    List<String> command = new ArrayList<>(Unprivileged.prefix());
    command.add(home.resolve("bin/postgres").toString());
    command.addAll(List.of("-D", dataDir().toString(), "-p", Integer.toString(port())));
    setting(command, "listen_addresses=127.0.0.1");
    setting(command, "unix_socket_directories=");
    setting(command, "shared_buffers=64MB");
    setting(command, "max_connections=100");
    settings.forEach(value -> setting(command, value));
    return ChildProcess.start("postgres", command, Map.of(), logFile());
  }

  /** Ends its connections too. */
  @Override
  protected String stopSignal() {
    return "INT";
  }

  private static void setting(List<String> command, String value) {
    command.add("-c");
    command.add(value);
  }

  private void initialize(Path home) {
    // A folder left by an attempt that was interrupted; it has no database yet.
    FileTrees.delete(dataDir());
    Path passwordFile = dataDir().resolveSibling(dataDir().getFileName() + ".password");
    PrivateFiles.write(passwordFile, password);
    List<String> command = new ArrayList<>(Unprivileged.prefix());
    command.addAll(
        List.of(
            home.resolve("bin/initdb").toString(),
            "--pgdata=" + dataDir(),
            "--username=" + BERTH,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-locale",
            "--set=dynamic_shared_memory_type=mmap"));
    ChildProcess.run("initdb", command, Map.of(), logFile(), START_TIMEOUT);
    FileTrees.delete(passwordFile);
  }

  @Override
  protected boolean answers() {
    String maintenance = "jdbc:postgresql://127.0.0.1:" + port() + "/postgres?connectTimeout=2";
    try (Connection connection = DriverManager.getConnection(maintenance, BERTH, password);
        Statement statement = connection.createStatement()) {
      boolean exists;
      try (ResultSet rows =
          statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + BERTH + "'")) {
        exists = rows.next();
      }
      if (!exists) {
        statement.execute("CREATE DATABASE " + BERTH);
      }
      return true;
    } catch (SQLException e) {
      // Not yet; the caller asks again until its own time is over. A wrong password stays wrong.
      if ("28P01".equals(e.getSQLState())) {
        throw new ProcessFailedException(
            "The database in " + dataDir() + " was made with another password", e);
      }
      return false;
    }
  }

  private static Path defaultCache() {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path caches =
        configured == null || configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return caches.resolve(BERTH);
  }

  private static String randomPassword() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Settings of a server, each with a default. */
  public static final class Builder {
    private final Path dataDir;
    private Path logFile;
    private Path cache;
    private int port;
    private String password;
    private final List<String> settings = new ArrayList<>();

    private Builder(Path dataDir) {
      this.dataDir = dataDir;
    }

    /** Port on 127.0.0.1; 0, the default, chooses a free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /**
     * Password of the user {@code berth}; random by default. It must stay the same for a folder.
     */
    public Builder password(String value) {
      password = value;
      return this;
    }

    /** Where output goes; by default beside the data folder. */
    public Builder logFile(Path value) {
      logFile = value;
      return this;
    }

    /** Where the executables are unpacked; by default {@code ~/.cache/berth}. */
    public Builder cache(Path value) {
      cache = value;
      return this;
    }

    /** Adds a server setting, such as {@code log_statement=all}. */
    public Builder setting(String value) {
      settings.add(value);
      return this;
    }

    /** A server that is not started yet. */
    public PostgresProcess build() {
      return new PostgresProcess(this);
    }

    /** Builds and starts. */
    public PostgresProcess start() {
      return build().start();
    }
  }
}
