package dev.berth.simulation;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the services log as an error is a defect: here it ends the simulation. */
final class DefectLog extends Handler {
  private static final ThreadLocal<Sim> CURRENT = new ThreadLocal<>();

  /** Kept here: the log manager alone wouldn't hold it. */
  private static final Logger BERTH = Logger.getLogger("dev.berth");

  private DefectLog() {}

  /** Takes the place of the console. */
  static synchronized void install() {
    if (BERTH.getHandlers().length == 0) {
      BERTH.setUseParentHandlers(false);
      BERTH.setLevel(Level.SEVERE);
      BERTH.addHandler(new DefectLog());
    }
  }

  /** From now on this thread simulates this world. */
  static void of(Sim sim) {
    CURRENT.set(sim);
  }

  @Override
  public void publish(LogRecord record) {
    Sim sim = CURRENT.get();
    if (sim != null && record.getLevel().intValue() >= Level.SEVERE.intValue()) {
      java.io.StringWriter trace = new java.io.StringWriter();
      if (record.getThrown() != null) {
        record.getThrown().printStackTrace(new java.io.PrintWriter(trace));
      }
      String message =
          record.getParameters() == null
              ? record.getMessage()
              : record.getMessage() + java.util.Arrays.toString(record.getParameters());
      sim.violated("An error was logged: " + message + "\n" + trace);
    }
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
