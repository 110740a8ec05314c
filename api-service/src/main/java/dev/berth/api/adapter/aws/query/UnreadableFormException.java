package dev.berth.api.adapter.aws.query;

/** A body that isn't a form, or whose values aren't of the types that the shape has. */
public final class UnreadableFormException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableFormException(String message) {
    super(message, null, false, false);
  }
}
