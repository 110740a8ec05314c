package dev.berth.simulation;

/** The life of one process: what it was about to do ends with it. */
final class Life {
  /** The life of what no process can end: the network, the machines, the users. */
  static final Life FOREVER = new Life("world");

  private final String name;
  private boolean over;

  Life(String name) {
    this.name = name;
  }

  boolean isOver() {
    return over;
  }

  /** Ends it as kill -9 does. */
  void end() {
    over = true;
  }

  @Override
  public String toString() {
    return name;
  }
}
