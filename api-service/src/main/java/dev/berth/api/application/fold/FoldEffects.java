package dev.berth.api.application.fold;

import java.util.Set;

/**
 * What a fold brought, to be told once it is committed.
 *
 * @param decided one-off tasks that have a verdict or a status now
 */
record FoldEffects(boolean eventsAppended, Set<String> decided) {
  static final FoldEffects NONE = new FoldEffects(false, Set.of());
}
