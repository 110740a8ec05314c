package dev.berth.e2e.multihost;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints the ends of all logs when a story fails. */
final class LogsOfHostsOnFailure implements TestWatcher {
  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    System.out.println(context.getDisplayName() + " failed: " + cause);
    MultiHostSuite.started().ifPresent(suite -> System.out.println(suite.logTails()));
  }
}
