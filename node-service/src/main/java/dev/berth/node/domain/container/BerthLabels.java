package dev.berth.node.domain.container;

import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The labels by which Berth finds its containers again, and those that ECS puts on containers, so
 * that tools made for ECS find them too.
 */
public final class BerthLabels {
  public static final String INSTALLATION_ID = "dev.berth.installation-id";
  public static final String CLUSTER = "dev.berth.cluster";
  public static final String CONTAINER_INSTANCE = "dev.berth.container-instance";
  public static final String TASK_ID = "dev.berth.task-id";
  public static final String CONTAINER_NAME = "dev.berth.container-name";

  /** {@link #ROLE_CONTAINER} or {@link #ROLE_HOLDER}. */
  public static final String ROLE = "dev.berth.role";

  /** One of the task's own containers. */
  public static final String ROLE_CONTAINER = "container";

  /** The holder of the task's namespaces. */
  public static final String ROLE_HOLDER = "holder";

  /** The log driver that the definition asked for, when Berth keeps the log in its stead. */
  public static final String LOG_DRIVER = "dev.berth.log-driver";

  /** Prefix of that log driver's options. */
  public static final String LOG_OPTION = "dev.berth.log-option.";

  private BerthLabels() {}

  /** The labels that all containers of a task on this instance share. */
  public static Map<String, String> ofTask(TaskAssigned task) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(INSTALLATION_ID, task.installationId());
    labels.put(CLUSTER, task.cluster());
    labels.put(CONTAINER_INSTANCE, task.containerInstanceId());
    labels.put(TASK_ID, task.taskId());
    return labels;
  }

  /** The labels of one container of a task, without those of its definition. */
  public static Map<String, String> ofContainer(TaskAssigned task, String containerName) {
    TaskDefinition definition = task.taskDefinition();
    Map<String, String> labels = ofTask(task);
    labels.put(ROLE, ROLE_CONTAINER);
    labels.put(CONTAINER_NAME, containerName);
    labels.put("com.amazonaws.ecs.cluster", task.cluster());
    labels.put("com.amazonaws.ecs.container-name", containerName);
    labels.put("com.amazonaws.ecs.task-arn", task.taskArn());
    labels.put("com.amazonaws.ecs.task-definition-family", definition.family());
    labels.put("com.amazonaws.ecs.task-definition-version", String.valueOf(definition.revision()));
    return labels;
  }

  /** The labels of the holder of a task's namespaces. */
  static Map<String, String> ofHolder(TaskAssigned task) {
    Map<String, String> labels = ofTask(task);
    labels.put(ROLE, ROLE_HOLDER);
    return labels;
  }
}
