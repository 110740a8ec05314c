package dev.berth.lb.application;

import dev.berth.lb.domain.RoutingTable;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetKey;

/** Where requests flow. No call blocks. */
public interface DataPlane {
  /** From now on requests go as the table says; those under way aren't touched. */
  void route(RoutingTable table);

  /**
   * Sends no new request to a target and closes its idle connections.
   *
   * @param idle called once, from any thread, when no request to it is in flight
   */
  void drain(Target target, Runnable idle);

  /** Closes the connections to a target, those in use as well; it may be one that drains. */
  void terminate(TargetKey key);

  /** The target is gone; connections to it that are still open are closed. */
  void forget(TargetKey key);
}
