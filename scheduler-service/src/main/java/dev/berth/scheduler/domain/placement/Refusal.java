package dev.berth.scheduler.domain.placement;

import dev.berth.contracts.task.RefusalReason;
import java.util.List;

/**
 * Why a task can't be placed.
 *
 * @param considered how many instances were looked at
 * @param reasons per reason how many instances it ruled out, most frequent first
 * @param canWaitHelp whether the same request may succeed later
 * @param sentence the whole of it in a sentence
 */
public record Refusal(
    int considered, List<RefusalReason> reasons, boolean canWaitHelp, String sentence) {
  public Refusal {
    reasons = List.copyOf(reasons);
  }
}
