package dev.berth.contracts.task;

/** Where a pull stands. */
public enum ImagePullState {
  PULLING,
  PULLED,
  FAILED
}
