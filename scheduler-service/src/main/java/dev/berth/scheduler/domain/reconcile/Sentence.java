package dev.berth.scheduler.domain.reconcile;

/** What is said about a service, after its name. */
record Sentence(String eventType, String eventName, String deploymentId, String text) {
  static Sentence info(String eventName, String deploymentId, String text) {
    return new Sentence("INFO", eventName, deploymentId, text);
  }

  static Sentence warn(String eventName, String deploymentId, String text) {
    return new Sentence("WARN", eventName, deploymentId, text);
  }
}
