package dev.berth.api.application.fold;

import java.util.Set;

/** Tells those who wait on the read model what a committed fold brought. Never blocks or throws. */
public interface FoldSignals {
  /** The scheduler decided about these one-off tasks, or their nodes spoke of them. */
  void decided(Set<String> taskIds);

  /** Public events were appended. */
  void eventsAppended();
}
