package dev.berth.standalone.suite;

import dev.berth.standalone.process.ChildProcess;
import java.nio.file.Path;
import java.util.List;

/** One part of a running Berth, a process of its own. */
public interface Component {
  /** As the commands and the log files name it. */
  String name();

  /** Ports on which it listens. */
  List<Integer> ports();

  Path logFile();

  /** Starts the process; returns when it runs, whether or not it is ready. */
  void start();

  /** Whether it does its work; asks it. */
  boolean isReady();

  /** The process of the last start. */
  ChildProcess process();

  /** Ends it in order, and at once if it doesn't. */
  void stop();
}
