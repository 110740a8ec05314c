package dev.berth.api.application.fold;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Set;

/** Which tasks have been decided about, as far as it is committed. */
public interface DecisionRows {
  /** Those of the tasks that have a verdict or a status, or are STOPPED. */
  Uni<Set<String>> decided(Collection<String> taskIds);
}
