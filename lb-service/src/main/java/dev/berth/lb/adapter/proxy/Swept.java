package dev.berth.lb.adapter.proxy;

/** A client's connection in its loop's list: looked at now and then, and closed with its port. */
interface Swept {
  /** Ends what has been silent for too long. */
  void sweep(long now);

  /** The port goes: what is under way may end, and nothing follows it. */
  void leave(ListeningPort port);

  /** The port has gone: nothing goes on. */
  void end(ListeningPort port);

  /** Its place in the list. */
  int slot();

  void slot(int at);
}
