package dev.berth.contracts.query;

/** A text isn't written in the cluster query language; the message says where it stops being. */
public final class UnreadableQueryException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableQueryException(String message) {
    super(message);
  }
}
