package dev.berth.standalone.process;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A server on 127.0.0.1 as a child process with its data in one folder. Stopped and started again
 * it keeps its port and its data.
 *
 * <p>Not thread-safe.
 */
public abstract class ServerProcess implements AutoCloseable {
  /** How long a server may take to start, and to prepare its folder. */
  protected static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration STOP_GRACE = Duration.ofSeconds(20);

  private final Path dataDir;
  private final Path logFile;
  private final int port;
  private ChildProcess child;

  /**
   * @param logFile where output goes; null for a file beside the data folder
   * @param port 0 for a free one
   */
  protected ServerProcess(Path dataDir, Path logFile, int port) {
    this.dataDir = dataDir.toAbsolutePath();
    this.logFile =
        logFile == null
            ? this.dataDir.resolveSibling(this.dataDir.getFileName() + ".log")
            : logFile.toAbsolutePath();
    this.port = port == 0 ? FreePort.find() : port;
  }

  /** Prepares the folder where that is needed and starts the server's process. */
  protected abstract ChildProcess launch();

  /** Whether the server does its work; asked again and again after its start. */
  protected abstract boolean answers();

  /** How the server is told to end in order, keeping its data. */
  protected abstract String stopSignal();

  /** The folder of its data, which may not exist yet. */
  protected final Path dataDir() {
    return dataDir;
  }

  public final int port() {
    return port;
  }

  public final Path logFile() {
    return logFile;
  }

  public final boolean isAlive() {
    return child != null && child.isAlive();
  }

  /** The running process. */
  public final ChildProcess process() {
    return child;
  }

  /**
   * Starts the server, unless it runs, and waits until it answers.
   *
   * @throws ProcessFailedException if it doesn't within a minute, with the end of its log
   */
  protected final void startAndWait() {
    if (!isAlive()) {
      child = launch();
      child.awaitReady(this::answers, START_TIMEOUT);
    }
  }

  /** Stops the server in order, and ends it when it takes longer than 20 seconds. */
  public final void stop() {
    if (isAlive()) {
      child.signal(stopSignal());
      if (!child.awaitExit(STOP_GRACE)) {
        child.kill();
      }
    }
  }

  /**
   * Ends the server and its workers at once, as {@code kill -9} does; its data stay as they were.
   */
  public final void kill() {
    if (child != null) {
      child.kill();
    }
  }

  /** Stops and starts with the same data on the same port. */
  public final void restart() {
    stop();
    startAndWait();
  }

  @Override
  public final void close() {
    stop();
  }
}
