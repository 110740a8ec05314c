package dev.berth.simulation;

import java.util.List;

/** What must never be has been seen. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> about;

  Violation(String what, Object... about) {
    super(what);
    this.about = java.util.Arrays.stream(about).map(String::valueOf).toList();
  }

  /** The ids of what it is about. */
  List<String> about() {
    return about;
  }
}
