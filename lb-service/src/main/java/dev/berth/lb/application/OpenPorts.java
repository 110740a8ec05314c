package dev.berth.lb.application;

import java.util.Map;

/** Which ports take connections. */
public interface OpenPorts {
  /** Why ports that are wanted can't be had, by number, UDP ones as {@code 53/udp}. */
  Map<String, String> portFailures();

  /** Whether a port takes connections, or datagrams. */
  boolean isOpen(int port);
}
