package dev.berth.contracts.loadbalancer;

/**
 * Whether a listener's port takes connections; FAILED ones are tried again for as long as it takes.
 */
public enum ListenerState {
  OPENING,
  OPEN,
  FAILED
}
