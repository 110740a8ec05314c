package dev.berth.lb.adapter.proxy;

import java.util.List;

/** A listener's port with the targets that take its requests now. */
record PortRoute(int port, List<Upstream> targets, RouteMetrics metrics) {
  PortRoute {
    targets = List.copyOf(targets);
  }
}
