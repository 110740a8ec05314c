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

  public static final String CLUSTER_ARN = "dev.berth.cluster-arn";
  public static final String TASK_ARN = "dev.berth.task-arn";
  public static final String TASK_DEFINITION_ARN = "dev.berth.task-definition-arn";
  public static final String SERVICE_NAME = "dev.berth.service-name";
  public static final String SERVICE_ID = "dev.berth.service-id";
  public static final String DEPLOYMENT_ID = "dev.berth.deployment-id";
  public static final String GROUP = "dev.berth.group";
  public static final String STARTED_BY = "dev.berth.started-by";

  /** CPU units that the task takes of its instance. */
  public static final String CPU = "dev.berth.cpu";

  /** MiB of memory that the task takes of its instance. */
  public static final String MEMORY = "dev.berth.memory";

  /** The ids of the GPUs that the container has for itself, with commas between them. */
  public static final String GPU_IDS = "dev.berth.gpu-ids";

  /** When the task was created, in ISO 8601. */
  public static final String CREATED_AT = "dev.berth.created-at";

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
    put(labels, "com.amazonaws.ecs.task-arn", task.taskArn());
    put(labels, "com.amazonaws.ecs.task-definition-family", definition.family());
    put(labels, "com.amazonaws.ecs.task-definition-version", definition.revision());
    describeTask(labels, task);
    return labels;
  }

  /** What the task is, so that it can be told from its containers alone. */
  private static void describeTask(Map<String, String> labels, TaskAssigned task) {
    put(labels, CLUSTER_ARN, task.clusterArn());
    put(labels, TASK_ARN, task.taskArn());
    put(labels, TASK_DEFINITION_ARN, task.taskDefinition().taskDefinitionArn());
    put(labels, SERVICE_NAME, task.serviceName());
    put(labels, SERVICE_ID, task.serviceId());
    put(labels, DEPLOYMENT_ID, task.deploymentId());
    put(labels, GROUP, task.group());
    put(labels, STARTED_BY, task.startedBy());
    put(labels, CREATED_AT, task.createdAt());
    if (task.resources() != null) {
      put(labels, CPU, task.resources().cpu());
      put(labels, MEMORY, task.resources().memory());
    }
  }

  private static void put(Map<String, String> labels, String name, Object value) {
    if (value != null) {
      labels.put(name, value.toString());
    }
  }

  /** The labels of the holder of a task's namespaces. */
  static Map<String, String> ofHolder(TaskAssigned task) {
    Map<String, String> labels = ofTask(task);
    labels.put(ROLE, ROLE_HOLDER);
    return labels;
  }
}
