package dev.berth.api.application.relay;

import dev.berth.api.application.events.StoredEvent;
import java.util.Collection;
import java.util.List;

/**
 * The right to relay, held by a database session for as long as that session lives. Everything here
 * goes through that session, so that nothing can be done once the right is lost. Blocking; any
 * failure means that the lease has to be given up.
 */
public interface RelayLease extends AutoCloseable {
  /**
   * The rows that have waited longest, of those committed. Rows are removed once published, so that
   * one which commits late is simply read later.
   */
  List<OutboxEntry> outbox(int limit);

  /** The public events that come after the last one published, in order. */
  List<StoredEvent> events(int limit);

  /**
   * Notes what was published.
   *
   * @param lastEvent the position of the last public event published, or null for none
   */
  void published(Collection<OutboxEntry> entries, Long lastEvent);

  /** Gives the lease back. */
  @Override
  void close();
}
