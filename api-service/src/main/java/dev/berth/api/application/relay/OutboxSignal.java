package dev.berth.api.application.relay;

/** Tells the relay that outbox rows were committed, so that it needn't find them by polling. */
public interface OutboxSignal {
  /** Called after a commit that wrote outbox rows. Neither blocks nor throws. */
  void committed();
}
