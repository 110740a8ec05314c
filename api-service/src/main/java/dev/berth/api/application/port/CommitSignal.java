package dev.berth.api.application.port;

/** Told after each transaction that may have written to the outbox. Never blocks, never throws. */
public interface CommitSignal {
  void committed();
}
