package dev.berth.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints the ends of the suite's logs when a story fails. */
public final class LogsOnFailure implements TestWatcher {
  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    System.out.println(context.getDisplayName() + " failed: " + cause);
    System.out.println(BerthSuite.shared().logTails());
  }
}
