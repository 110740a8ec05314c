package dev.berth.scheduler.domain.world;

import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.HealthCheck;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.PortMapping;
import dev.berth.contracts.taskdef.RuntimePlatform;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.TaskDefinitionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records with sensible members, of which a test names only what it is about. */
public final class Samples {
  public static final String CLUSTER = "default";
  public static final String CLUSTER_ARN = "arn:aws:ecs:us-east-1:000000000000:cluster/" + CLUSTER;
  public static final String GROUP_ARN =
      "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/web/0123456789abcdef";
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Samples() {}

  /** A task definition in the making. */
  public static final class Definition {
    private String family = "web";
    private int revision = 1;
    private NetworkMode mode = NetworkMode.BRIDGE;
    private String taskCpu;
    private String taskMemory;
    private RuntimePlatform platform;
    private final List<ContainerDefinition> containers = new ArrayList<>();
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<PlacementConstraint> constraints = new ArrayList<>();

    public Definition revision(int value) {
      revision = value;
      return this;
    }

    public Definition family(String value) {
      family = value;
      return this;
    }

    public Definition mode(NetworkMode value) {
      mode = value;
      return this;
    }

    public Definition taskSize(String cpu, String memory) {
      taskCpu = cpu;
      taskMemory = memory;
      return this;
    }

    public Definition platform(String architecture, String os) {
      platform = new RuntimePlatform(architecture, os);
      return this;
    }

    public Definition container(String name, Integer cpu, Integer memory, Integer reservation) {
      return container(name, cpu, memory, reservation, List.of(), null);
    }

    public Definition container(
        String name,
        Integer cpu,
        Integer memory,
        Integer reservation,
        List<PortMapping> ports,
        HealthCheck check) {
      containers.add(
          new ContainerDefinition(
              name,
              "example",
              null,
              cpu,
              memory,
              reservation,
              null,
              ports,
              true,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              check,
              null,
              null,
              null,
              null));
      return this;
    }

    public Definition requires(String name, String value) {
      attributes.add(Attribute.of(name, value));
      return this;
    }

    public Definition constraint(String type, String expression) {
      constraints.add(new PlacementConstraint(type, expression));
      return this;
    }

    public TaskDefinition build() {
      if (containers.isEmpty()) {
        container("app", 100, 128, null);
      }
      return new TaskDefinition(
          "arn:aws:ecs:us-east-1:000000000000:task-definition/" + family + ":" + revision,
          family,
          revision,
          TaskDefinitionStatus.ACTIVE,
          null,
          null,
          mode,
          containers,
          List.of(),
          constraints,
          List.of(),
          List.of(),
          attributes,
          taskCpu,
          taskMemory,
          List.of(),
          null,
          null,
          null,
          null,
          platform,
          null,
          null,
          null,
          null,
          null);
    }
  }

  public static Definition definition() {
    return new Definition();
  }

  /** A definition whose container has a health check. */
  public static Definition checked() {
    return new Definition()
        .container(
            "app",
            100,
            128,
            null,
            List.of(),
            new HealthCheck(List.of("CMD-SHELL", "true"), 5, 2, 3, 0));
  }

  public static PortMapping port(Integer containerPort, Integer hostPort) {
    return new PortMapping(containerPort, hostPort, null, null, null, null);
  }

  /** A service in the making; each change of a definition is another deployment. */
  public static final class Service {
    private final String name;
    private String id;
    private int count = 1;
    private Integer minimum;
    private Integer maximum;
    private Integer grace;
    private boolean balanced;
    private SchedulingStrategy strategy = SchedulingStrategy.REPLICA;
    private ServiceStatusName status = ServiceStatusName.ACTIVE;
    private Instant createdAt = START.plusSeconds(1);
    private List<PlacementStrategy> placement = List.of();
    private List<PlacementConstraint> constraints = List.of();
    private final List<DeploymentDesired> deployments = new ArrayList<>();
    private final Map<String, Object> others = new HashMap<>();

    Service(String name) {
      this.name = name;
      this.id = name + "-id";
    }

    public String name() {
      return name;
    }

    public int count() {
      return count;
    }

    public Service id(String value) {
      id = value;
      return this;
    }

    public Service count(int value) {
      count = value;
      return this;
    }

    public Service percent(Integer min, Integer max) {
      minimum = min;
      maximum = max;
      return this;
    }

    public Service grace(int seconds) {
      grace = seconds;
      return this;
    }

    public Service balanced() {
      balanced = true;
      return this;
    }

    public Service daemon() {
      strategy = SchedulingStrategy.DAEMON;
      return this;
    }

    public Service status(ServiceStatusName value) {
      status = value;
      return this;
    }

    public Service createdAt(Instant value) {
      createdAt = value;
      return this;
    }

    public Service placement(String type, String field) {
      placement = List.of(new PlacementStrategy(type, field));
      return this;
    }

    public Service placement(List<PlacementStrategy> strategies) {
      placement = List.copyOf(strategies);
      return this;
    }

    public Service constraints(PlacementConstraint... values) {
      constraints = List.of(values);
      return this;
    }

    public Service deploy(TaskDefinition definition) {
      List<DeploymentDesired> before = List.copyOf(deployments);
      deployments.clear();
      deployments.add(
          new DeploymentDesired(
              "ecs-svc/%019d".formatted(before.size() + 1),
              DeploymentStatus.PRIMARY,
              definition,
              null,
              null,
              START,
              START,
              null,
              null,
              List.of(),
              List.of(),
              null,
              List.of(),
              null,
              List.of()));
      for (DeploymentDesired old : before) {
        deployments.add(
            new DeploymentDesired(
                old.id(),
                DeploymentStatus.ACTIVE,
                old.taskDefinition(),
                null,
                null,
                START,
                START,
                null,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                List.of()));
      }
      return this;
    }

    public String primary() {
      return deployments.getFirst().id();
    }

    /** Sets any other member of the record. */
    public Service set(String member, Object value) {
      others.put(member, value);
      return this;
    }

    /** As api-service does when a rollback was reported: the older one is the newest again. */
    public Service rolledBackTo(String deploymentId) {
      DeploymentDesired target =
          deployments.stream().filter(d -> d.id().equals(deploymentId)).findFirst().orElseThrow();
      deployments.remove(target);
      deployments.addFirst(target);
      return this;
    }

    ServiceDesired build(long version) {
      return Changed.of(plain(version), others);
    }

    private ServiceDesired plain(long version) {
      return new ServiceDesired(
          CLUSTER,
          name,
          id,
          version,
          "installation",
          CLUSTER_ARN.replace(":cluster/", ":service/") + "/" + name,
          CLUSTER_ARN,
          status,
          strategy,
          count,
          new DeploymentConfiguration(minimum, maximum, null, null, null, null),
          deployments,
          balanced ? List.of(new ServiceLoadBalancer(GROUP_ARN, null, "app", 8080)) : List.of(),
          grace,
          constraints,
          placement,
          List.of(),
          null,
          List.of(),
          false,
          createdAt,
          null,
          null,
          List.of(),
          null,
          null,
          null,
          null);
    }
  }

  public static Service service(String name) {
    return new Service(name).deploy(definition().build());
  }
}
