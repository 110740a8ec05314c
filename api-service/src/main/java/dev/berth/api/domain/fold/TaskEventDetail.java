package dev.berth.api.domain.fold;

import dev.berth.contracts.Arns;
import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code detail} of a task's state change. */
final class TaskEventDetail {
  private TaskEventDetail() {}

  static Map<String, Object> of(TaskRow task, String clusterArn, Instant now) {
    TaskStatus seen = task.seen();
    TaskVerdict verdict = task.verdict();
    String taskArn = Arns.task(clusterArn, task.id());
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("taskArn", taskArn);
    detail.put("clusterArn", clusterArn);
    if (task.containerInstanceId() != null) {
      detail.put(
          "containerInstanceArn", Arns.containerInstance(clusterArn, task.containerInstanceId()));
    }
    put(detail, "taskDefinitionArn", task.taskDefinitionArn());
    put(detail, "group", task.group());
    put(detail, "startedBy", task.startedBy());
    put(detail, "launchType", verdict == null ? null : verdict.launchType());
    detail.put("desiredStatus", task.desiredStatus());
    detail.put("lastStatus", task.lastStatus());
    Resources resources =
        seen != null && seen.resources() != null
            ? seen.resources()
            : verdict == null ? null : verdict.resources();
    if (resources != null) {
      detail.put("cpu", Integer.toString(resources.cpu()));
      detail.put("memory", Integer.toString(resources.memory()));
    }
    detail.put("attributes", verdict == null ? List.of() : verdict.attributes());
    detail.put("createdAt", task.createdAt());
    if (seen != null) {
      put(detail, "healthStatus", seen.healthStatus());
      put(detail, "pullStartedAt", seen.pullStartedAt());
      put(detail, "pullStoppedAt", seen.pullStoppedAt());
      put(detail, "startedAt", seen.startedAt());
      put(detail, "stoppingAt", seen.stoppingAt());
      put(detail, "executionStoppedAt", seen.executionStoppedAt());
      detail.put(
          "containers",
          seen.containers().stream().map(c -> container(c, task, clusterArn, taskArn)).toList());
    }
    put(detail, "stoppedAt", task.stoppedAt());
    putStop(detail, task);
    detail.put("updatedAt", now);
    detail.put("version", task.seenVersion() + task.verdictVersion());
    return detail;
  }

  private static void putStop(Map<String, Object> detail, TaskRow task) {
    if (task.seen() != null && task.seen().stoppedReason() != null) {
      put(detail, "stopCode", task.seen().stopCode());
      detail.put("stoppedReason", task.seen().stoppedReason());
    } else if (task.verdict() != null && task.verdict().stoppedReason() != null) {
      put(detail, "stopCode", task.verdict().stopCode());
      detail.put("stoppedReason", task.verdict().stoppedReason());
    } else if (task.desired() != null) {
      put(detail, "stopCode", task.desired().stopCode());
      put(detail, "stoppedReason", task.desired().stoppedReason());
    }
  }

  private static Map<String, Object> container(
      ContainerState state, TaskRow task, String clusterArn, String taskArn) {
    Map<String, Object> container = new LinkedHashMap<>();
    put(
        container,
        "containerArn",
        state.containerId() == null
            ? null
            : Arns.container(clusterArn, task.id(), state.containerId()));
    container.put("taskArn", taskArn);
    put(container, "name", state.name());
    put(container, "image", state.image());
    put(container, "imageDigest", state.imageDigest());
    put(container, "runtimeId", state.runtimeId());
    put(container, "lastStatus", state.lastStatus());
    put(container, "exitCode", state.exitCode());
    put(container, "reason", state.reason());
    put(container, "healthStatus", state.healthStatus());
    container.put("networkBindings", state.networkBindings());
    container.put("networkInterfaces", state.networkInterfaces());
    put(container, "cpu", state.cpu());
    put(container, "memory", state.memory());
    put(container, "memoryReservation", state.memoryReservation());
    return container;
  }

  private static void put(Map<String, Object> detail, String name, Object value) {
    StateChangeEvents.putKnown(detail, name, value);
  }
}
