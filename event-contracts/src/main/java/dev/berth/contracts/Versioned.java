package dev.berth.contracts;

/**
 * A record of a compacted topic. {@code version} only grows for one key, so that a reader can drop
 * what comes late or twice.
 */
public interface Versioned {
  long version();
}
