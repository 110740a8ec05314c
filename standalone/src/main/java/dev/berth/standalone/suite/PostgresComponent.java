package dev.berth.standalone.suite;

import dev.berth.standalone.postgres.PostgresProcess;
import dev.berth.standalone.process.ChildProcess;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL as a part of the suite. */
record PostgresComponent(PostgresProcess postgres) implements Component {
  static final String NAME = "postgres";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Integer> ports() {
    return List.of(postgres.port());
  }

  @Override
  public Path logFile() {
    return postgres.logFile();
  }

  @Override
  public void start() {
    postgres.start();
  }

  @Override
  public boolean isReady() {
    return postgres.isAlive();
  }

  @Override
  public ChildProcess process() {
    return postgres.process();
  }

  @Override
  public void stop() {
    postgres.stop();
  }
}
