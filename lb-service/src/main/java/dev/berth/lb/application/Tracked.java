package dev.berth.lb.application;

import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetState;

/** A target with its state; another object whenever it is registered anew. */
final class Tracked {
  final Target target;
  TargetState state;
  boolean wanted = true;

  Tracked(Target target) {
    this.target = target;
  }
}
