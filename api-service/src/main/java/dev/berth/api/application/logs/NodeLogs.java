package dev.berth.api.application.logs;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What nodes keep of their containers' output. */
public interface NodeLogs {
  /**
   * Opens a task's output. Lines come as fast as they are asked for; to cancel them ends the
   * connection to the node.
   *
   * <p>Fails with {@link NodeAwayException}, or with {@link LogsGoneException} when the node has
   * nothing of the task (any more).
   */
  Uni<Multi<LogLine>> open(String logsUrl, String taskId, LogRequest request);
}
