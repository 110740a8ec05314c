package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.service.ServiceDesired;
import dev.berth.scheduler.domain.state.ServiceState;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts what happens to the tasks of services in one plan: ECS tells of them in one sentence. */
final class Tally {
  private final Map<String, Map<String, Set<String>>> tasks = new LinkedHashMap<>();

  void started(String serviceName, String taskId) {
    add(serviceName, "started", taskId);
  }

  void stopped(String serviceName, String taskId) {
    add(serviceName, "stopped", taskId);
  }

  void draining(String serviceName, String taskId) {
    add(serviceName, "draining", taskId);
  }

  void registered(String serviceName, String targetGroupArn, String taskId) {
    add(serviceName, "registered " + targetGroupArn, taskId);
  }

  void deregistered(String serviceName, String targetGroupArn, String taskId) {
    add(serviceName, "deregistered " + targetGroupArn, taskId);
  }

  private void add(String serviceName, String what, String taskId) {
    tasks
        .computeIfAbsent(serviceName, s -> new LinkedHashMap<>())
        .computeIfAbsent(what, w -> new LinkedHashSet<>())
        .add(taskId);
  }

  /** Says all that was counted. */
  void tell(Planning planning) {
    tasks.forEach(
        (serviceName, counts) -> {
          ServiceState service = planning.state().service(serviceName);
          if (service != null && service.desired() != null) {
            counts.forEach((what, ids) -> tell(planning, service.desired(), what, ids));
          }
        });
  }

  private static void tell(
      Planning planning, ServiceDesired service, String what, Set<String> ids) {
    int space = what.indexOf(' ');
    String kind = space < 0 ? what : what.substring(0, space);
    String group = space < 0 ? "" : what.substring(space + 1);
    Sentence sentence =
        switch (kind) {
          case "started" ->
              Sentence.info(
                  "SERVICE_TASKS_STARTED",
                  null,
                  "has started %d tasks: %s.".formatted(ids.size(), listed(ids)));
          case "stopped" ->
              Sentence.info(
                  "SERVICE_TASKS_STOPPED",
                  null,
                  "has stopped %d running tasks: %s.".formatted(ids.size(), listed(ids)));
          case "draining" ->
              Sentence.info(
                  "SERVICE_TASKS_DRAINING",
                  null,
                  "has begun draining connections on %d tasks.".formatted(ids.size()));
          default ->
              Sentence.info(
                  "SERVICE_TARGETS_" + kind.toUpperCase(java.util.Locale.ROOT),
                  null,
                  "%s %d targets in (target-group %s)".formatted(kind, ids.size(), group));
        };
    planning.say(service, sentence);
  }

  private static String listed(Set<String> ids) {
    return ids.stream().map(id -> "(task " + id + ")").collect(Collectors.joining(" "));
  }
}
