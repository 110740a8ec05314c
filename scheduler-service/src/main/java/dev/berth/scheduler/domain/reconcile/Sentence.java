package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.task.RefusalReason;
import java.util.List;

/** What is said about a service, after its name. */
record Sentence(
    String eventType,
    String eventName,
    String deploymentId,
    String text,
    List<RefusalReason> reasons) {
  static Sentence info(String eventName, String deploymentId, String text) {
    return new Sentence("INFO", eventName, deploymentId, text, List.of());
  }

  static Sentence warn(String eventName, String deploymentId, String text) {
    return new Sentence("WARN", eventName, deploymentId, text, List.of());
  }

  static Sentence error(String eventName, String deploymentId, String text) {
    return new Sentence("ERROR", eventName, deploymentId, text, List.of());
  }

  /** With why instances were ruled out. */
  Sentence because(List<RefusalReason> why) {
    return new Sentence(eventType, eventName, deploymentId, text, why);
  }
}
