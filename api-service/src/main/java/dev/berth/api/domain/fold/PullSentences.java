package dev.berth.api.domain.fold;

import dev.berth.contracts.service.ServiceEvent;
import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.ImagePull;
import dev.berth.contracts.task.ImagePullState;
import dev.berth.contracts.task.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a service's events say of the pulls of its images. A pull that failed is told by the
 * scheduler, as the reason for which a task failed to start.
 */
public final class PullSentences {
  static final String EVENT_NAME = "SERVICE_TASK_IMAGE_PULL";

  /** Within so many seconds the same word about the same image of one instance is said once. */
  private static final long SAID_ONCE_WITHIN_SECONDS = 300;

  private PullSentences() {}

  /**
   * What is new in a status.
   *
   * @param before what was seen of the task before, or null
   */
  public static List<ServiceEvent> of(TaskStatus before, TaskStatus status) {
    if (status.serviceId() == null) {
      return List.of();
    }
    Map<String, ImagePull> known = new HashMap<>();
    if (before != null) {
      before.containers().forEach(container -> known.put(container.name(), container.pull()));
    }
    List<ServiceEvent> events = new ArrayList<>();
    for (ContainerState container : status.containers()) {
      ImagePull pull = container.pull();
      if (pull != null
          && pull.state() != ImagePullState.FAILED
          && !pull.equals(known.get(container.name()))) {
        events.add(event(status, container, pull));
      }
    }
    return events;
  }

  private static ServiceEvent event(TaskStatus status, ContainerState container, ImagePull pull) {
    return new ServiceEvent(
        id(status, container, pull),
        status.cluster(),
        status.serviceName(),
        status.serviceId(),
        "INFO",
        EVENT_NAME,
        "(service %s) (task %s) (container %s) %s%s."
            .formatted(
                status.serviceName(),
                status.taskId(),
                container.name(),
                pull.state() == ImagePullState.PULLING ? "is " : "has ",
                pull.detail()),
        status.deploymentId(),
        pull.at(),
        List.of());
  }

  /** The same for each of a service's tasks that wait for one pull on one instance. */
  private static String id(TaskStatus status, ContainerState container, ImagePull pull) {
    String said =
        String.join(
            "|",
            status.serviceId(),
            status.containerInstanceId(),
            container.image(),
            pull.state().name(),
            pull.detail(),
            Long.toString(pull.at().getEpochSecond() / SAID_ONCE_WITHIN_SECONDS));
    return UUID.nameUUIDFromBytes(said.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
