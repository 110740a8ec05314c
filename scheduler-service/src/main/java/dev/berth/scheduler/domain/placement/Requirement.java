package dev.berth.scheduler.domain.placement;

import dev.berth.scheduler.domain.state.InstanceState;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something that an instance must have for a task. Explaining is apart from testing, since far more
 * instances are tested than explained.
 */
record Requirement(Predicate<InstanceState> metBy, Function<InstanceState, Shortfall> explain) {}
