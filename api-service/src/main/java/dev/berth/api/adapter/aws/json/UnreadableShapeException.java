package dev.berth.api.adapter.aws.json;

/** A text that isn't JSON, or whose values aren't of the types that the shape has. */
public final class UnreadableShapeException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableShapeException(String message) {
    super(message, null, false, false);
  }
}
