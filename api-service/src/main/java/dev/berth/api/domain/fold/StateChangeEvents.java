package dev.berth.api.domain.fold;

import dev.berth.api.domain.task.Task;
import dev.berth.contracts.Arns;
import dev.berth.contracts.event.PublicEvent;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.RolloutState;
import dev.berth.contracts.service.ServiceEvent;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.VerdictOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The public events that follow from a change of a row, in the shapes that EventBridge gives ECS's
 * events (ECS: "Amazon ECS events"). An event's id follows from what changed, so that a change that
 * is folded twice has one event.
 */
public final class StateChangeEvents {
  public static final String TASK = "ECS Task State Change";
  public static final String SERVICE_ACTION = "ECS Service Action";
  public static final String DEPLOYMENT = "ECS Deployment State Change";
  public static final String CONTAINER_INSTANCE = "ECS Container Instance State Change";
  private static final String SOURCE = "aws.ecs";

  private StateChangeEvents() {}

  /**
   * The event of a task whose wanted or last status changed.
   *
   * @param before null for a new row
   */
  public static Optional<ClusterEvent> task(
      TaskRow before, TaskRow after, EventScope scope, Instant now) {
    boolean refused =
        after.verdict() != null
            && !Task.waits(after.desired())
            && after.verdict().outcome() == VerdictOutcome.REFUSED
            && after.verdict().stopCode() != StopCode.UserInitiated;
    boolean changed =
        before == null
            || before.lastStatus() != after.lastStatus()
            || before.desiredStatus() != after.desiredStatus();
    if (!changed || refused) {
      return Optional.empty();
    }
    Map<String, Object> detail = TaskEventDetail.of(after, clusterArn(after.cluster(), scope), now);
    String arn = (String) detail.get("taskArn");
    String change =
        after.id()
            + "/"
            + after.version()
            + "/"
            + after.verdictVersion()
            + "/"
            + after.seenVersion();
    return Optional.of(event(after.cluster(), TASK, change, List.of(arn), detail, scope, now));
  }

  /** The event of a sentence about a service. */
  public static ClusterEvent serviceAction(ServiceEvent event, EventScope scope) {
    String clusterArn = clusterArn(event.cluster(), scope);
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("eventType", event.eventType());
    detail.put("eventName", event.eventName());
    detail.put("clusterArn", clusterArn);
    detail.put("createdAt", event.createdAt());
    putKnown(detail, "deploymentId", event.deploymentId());
    detail.put("reason", event.message());
    return event(
        event.cluster(),
        SERVICE_ACTION,
        event.id(),
        List.of(Arns.service(clusterArn, event.serviceName())),
        detail,
        scope,
        event.createdAt());
  }

  /**
   * The events of the deployments whose rollout went on.
   *
   * @param before null when nothing was seen of the service yet
   */
  public static List<ClusterEvent> deployments(
      ServiceStatus before, ServiceStatus after, EventScope scope, Instant now) {
    Map<String, RolloutState> known = new LinkedHashMap<>();
    if (before != null) {
      before.deployments().forEach(d -> known.put(d.id(), d.rolloutState()));
    }
    List<ClusterEvent> events = new ArrayList<>();
    for (DeploymentState deployment : after.deployments()) {
      RolloutState state = deployment.rolloutState();
      if (state == null || state == known.get(deployment.id())) {
        continue;
      }
      Map<String, Object> detail = new LinkedHashMap<>();
      detail.put("eventType", state == RolloutState.FAILED ? "ERROR" : "INFO");
      detail.put("eventName", "SERVICE_DEPLOYMENT_" + state.name());
      detail.put("deploymentId", deployment.id());
      putKnown(detail, "updatedAt", deployment.updatedAt());
      putKnown(detail, "reason", deployment.rolloutStateReason());
      String arn = Arns.service(clusterArn(after.cluster(), scope), after.serviceName());
      events.add(
          event(
              after.cluster(),
              DEPLOYMENT,
              deployment.id() + "/" + state + "/" + after.version(),
              List.of(arn),
              detail,
              scope,
              now));
    }
    return events;
  }

  /** The event of a container instance that registered, changed or lost its Docker Engine. */
  public static ClusterEvent containerInstance(InstanceRow row, EventScope scope, Instant now) {
    String clusterArn = clusterArn(row.cluster(), scope);
    String arn = Arns.containerInstance(clusterArn, row.id());
    ContainerInstanceStatus seen = row.seen();
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("containerInstanceArn", arn);
    detail.put("clusterArn", clusterArn);
    detail.put("status", row.status());
    detail.put("version", row.seenVersion());
    detail.put("registeredAt", row.registeredAt());
    if (seen != null) {
      detail.put("agentConnected", !seen.stopping() && seen.dockerConnected());
      detail.put("attributes", seen.attributes());
      detail.put("registeredResources", seen.registeredResources());
      Map<String, Object> versions = new LinkedHashMap<>();
      putKnown(versions, "agentVersion", seen.agentVersion());
      putKnown(versions, "dockerVersion", seen.dockerVersion());
      detail.put("versionInfo", versions);
    }
    detail.put("updatedAt", now);
    String change = row.id() + "/" + row.version() + "/" + row.seenVersion();
    return event(row.cluster(), CONTAINER_INSTANCE, change, List.of(arn), detail, scope, now);
  }

  static String clusterArn(String cluster, EventScope scope) {
    return Arns.cluster(scope.region(), scope.account(), cluster);
  }

  static void putKnown(Map<String, Object> detail, String name, Object value) {
    if (value != null) {
      detail.put(name, value);
    }
  }

  private static ClusterEvent event(
      String cluster,
      String detailType,
      String change,
      List<String> resources,
      Map<String, Object> detail,
      EventScope scope,
      Instant time) {
    UUID id = UUID.nameUUIDFromBytes((detailType + "/" + change).getBytes(StandardCharsets.UTF_8));
    return new ClusterEvent(
        cluster,
        new PublicEvent(
            id.toString(),
            detailType,
            SOURCE,
            scope.account(),
            scope.region(),
            time,
            resources,
            detail));
  }
}
