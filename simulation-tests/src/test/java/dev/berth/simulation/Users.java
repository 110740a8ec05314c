package dev.berth.simulation;

import dev.berth.api.domain.Identity;
import dev.berth.api.domain.fold.InstanceRow;
import dev.berth.api.domain.fold.ServiceRow;
import dev.berth.api.domain.fold.TaskRow;
import dev.berth.api.domain.instance.ContainerInstance;
import dev.berth.api.domain.instance.InstanceChanges;
import dev.berth.api.domain.service.DeploymentOptions;
import dev.berth.api.domain.service.NewDeployment;
import dev.berth.api.domain.service.ResolvedRequest;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceChanges;
import dev.berth.api.domain.service.ServiceOptions;
import dev.berth.api.domain.service.ServiceRequest;
import dev.berth.api.domain.service.ServiceUpdate;
import dev.berth.api.domain.task.RunTaskRequest;
import dev.berth.api.domain.task.StrategyRules;
import dev.berth.api.domain.task.Task;
import dev.berth.api.domain.task.TaskChanges;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import dev.berth.contracts.service.AvailabilityZoneRebalancing;
import dev.berth.contracts.service.DeploymentCircuitBreaker;
import dev.berth.contracts.service.DeploymentController;
import dev.berth.contracts.service.DeploymentControllerType;
import dev.berth.contracts.service.RolloutState;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.service.StopType;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.HealthCheck;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.PortMapping;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Users, and what api-service makes of their requests: the domain's functions on the rows, within
 * one transaction each. They remember what they were answered.
 */
final class Users {
  /** A service whose tasks need a port of their machine, so that there is one on each at most. */
  private static final String ON_A_FIXED_PORT = "service-11";

  static final String CLUSTER_ARN = "arn:aws:ecs:us-east-1:000000000000:cluster/default";
  private static final String GROUP_ARN =
      "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/";
  private static final int GROUPS = 3;
  private static final int[][] PERCENTS = {
    {100, 200}, {50, 200}, {50, 100}, {0, 100}, {75, 150}, {100, 150}, {90, 110}
  };

  private final Sim sim;
  private final Dice dice;
  private final Database database;
  private final ApiHost api;
  private final Identity identity = new Identity(Machine.INSTALLATION, "us-east-1", "000000000000");
  private final Map<String, Wish> wishes = new TreeMap<>();
  private long nextId;

  /** What a user was told of a service; one that is moved by task sets has no definition. */
  record Wish(String serviceId, int desiredCount, String taskDefinitionArn) {}

  Users(Sim sim, Database database, ApiHost api) {
    this.sim = sim;
    this.dice = sim.dice();
    this.database = database;
    this.api = api;
    api.onRollback(this::rolledBack);
  }

  /** They asked for the circuit breaker: what it went back to is what they want. */
  private void rolledBack(ServiceRow row) {
    Wish wish = wishes.get(row.name());
    if (wish != null && wish.serviceId().equals(row.id())) {
      wishes.put(
          row.name(),
          new Wish(
              row.id(),
              wish.desiredCount(),
              row.desired().deployments().getFirst().taskDefinition().taskDefinitionArn()));
    }
  }

  /** What they were answered last, by service name; deleted services are not in it. */
  Map<String, Wish> wishes() {
    return wishes;
  }

  void createCluster() {
    database.put(
        Records.of(
            ClusterDesired.class,
            "cluster",
            Machine.CLUSTER,
            "version",
            database.nextVersion(),
            "installationId",
            Machine.INSTALLATION,
            "clusterArn",
            CLUSTER_ARN,
            "status",
            ClusterStatus.ACTIVE,
            "capacityProviders",
            Providers.NAMES,
            "capacityProviderDetails",
            Providers.details(),
            "createdAt",
            sim.instant()));
    database.put(
        Records.of(
            LoadBalancerDesired.class,
            "loadBalancerName",
            "public",
            "loadBalancerArn",
            "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/public/1",
            "version",
            database.nextVersion(),
            "installationId",
            Machine.INSTALLATION,
            "targetGroups",
            java.util.stream.IntStream.range(0, GROUPS).mapToObj(Users::group).toList(),
            "createdAt",
            sim.instant()));
  }

  private static TargetGroupDesired group(int number) {
    return Records.of(
        TargetGroupDesired.class,
        "targetGroupName",
        "group-" + number,
        "targetGroupArn",
        GROUP_ARN + "group-" + number + "/1",
        "protocol",
        "HTTP",
        "port",
        80,
        "healthCheck",
        Records.of(
            TargetGroupHealthCheck.class,
            "enabled",
            true,
            "protocol",
            "HTTP",
            "path",
            "/",
            "intervalSeconds",
            120.0,
            "timeoutSeconds",
            5.0,
            "healthyThreshold",
            2,
            "unhealthyThreshold",
            2,
            "matcher",
            "200"),
        "deregistrationDelaySeconds",
        20,
        "targetType",
        "instance",
        "protocolVersion",
        "HTTP1");
  }

  // Task definitions.

  TaskDefinition definition(String family, String image, boolean balanced) {
    int revision = (int) ++nextId;
    boolean checked = image.equals(Images.SICK) || image.equals(Images.SLOW) || dice.chance(0.3);
    ContainerDefinition container =
        Records.of(
            ContainerDefinition.class,
            "name",
            "app",
            "image",
            image + ":" + revision,
            "cpu",
            64 * (1 + dice.below(6)),
            "memory",
            128 * (1 + dice.below(5)),
            "essential",
            true,
            "portMappings",
            ports(family, balanced),
            "healthCheck",
            checked ? new HealthCheck(List.of("CMD-SHELL", "true"), 5, 2, 3, 0) : null);
    return Records.of(
        TaskDefinition.class,
        "taskDefinitionArn",
        "arn:aws:ecs:us-east-1:000000000000:task-definition/" + family + ":" + revision,
        "family",
        family,
        "revision",
        revision,
        "networkMode",
        NetworkMode.BRIDGE,
        "containerDefinitions",
        List.of(container));
  }

  private static List<PortMapping> ports(String family, boolean balanced) {
    if (balanced) {
      return List.of(new PortMapping(8080, 0, null, null, null, null));
    }
    return family.equals(ON_A_FIXED_PORT)
        ? List.of(new PortMapping(8080, 9000, null, null, null, null))
        : List.of();
  }

  // Services.

  static Service domain(ServiceRow row) {
    return new Service(row.desired(), ServiceOptions.NONE, row.seen(), row.deletedAt());
  }

  void save(Service service) {
    ServiceDesired d = service.desired();
    database.put(
        new ServiceRow(
            d.serviceId(),
            d.cluster(),
            d.serviceName(),
            d.status(),
            d.version(),
            d,
            service.seen() == null ? 0 : service.seen().version(),
            service.seen(),
            service.deletedAt()),
        true);
    if (d.status() == ServiceStatusName.ACTIVE) {
      wishes.put(
          d.serviceName(),
          new Wish(
              d.serviceId(),
              d.desiredCount(),
              d.deployments().isEmpty()
                  ? null
                  : d.deployments().getFirst().taskDefinition().taskDefinitionArn()));
    } else {
      wishes.remove(d.serviceName());
    }
    api.relaySoon();
  }

  long nextId() {
    return ++nextId;
  }

  private NewDeployment names() {
    String id = "%019d".formatted(++nextId);
    return new NewDeployment("ecs-svc/" + id, "service-deployment/" + id, "revision/" + id);
  }

  /** Creates a service of a name that is free. */
  boolean createService(String name, int count, boolean daemon, int group) {
    ServiceRow known = database.serviceNamed(name);
    if (known != null && known.status() != ServiceStatusName.INACTIVE) {
      return false;
    }
    boolean balanced = group >= 0;
    boolean external = name.equals(Deployer.SERVICE);
    List<CapacityProviderStrategyItem> shares = Providers.strategy(dice, name);
    int[] percents = dice.oneOf(List.of(PERCENTS));
    ServiceRequest request =
        Records.of(
            ServiceRequest.class,
            "serviceName",
            name,
            "desiredCount",
            daemon ? 0 : count,
            "schedulingStrategy",
            daemon ? SchedulingStrategy.DAEMON : SchedulingStrategy.REPLICA,
            "deploymentConfiguration",
            daemon ? null : configuration(percents),
            "healthCheckGracePeriodSeconds",
            balanced ? (Object) 30 : null,
            "placementConstraints",
            List.of(),
            "placementStrategy",
            strategies(),
            "capacityProviderStrategy",
            shares,
            "availabilityZoneRebalancing",
            dice.chance(0.3)
                ? AvailabilityZoneRebalancing.ENABLED
                : AvailabilityZoneRebalancing.DISABLED,
            "deploymentController",
            new DeploymentController(
                external ? DeploymentControllerType.EXTERNAL : DeploymentControllerType.ECS),
            "tags",
            List.of());
    sim.story().tell("user: creates service %s with %d tasks", name, count);
    List<ServiceLoadBalancer> balancers =
        balanced
            ? List.of(
                new ServiceLoadBalancer(
                    GROUP_ARN + "group-" + group % GROUPS + "/1", null, "app", 8080))
            : List.of();
    save(
        ServiceChanges.created(
            request,
            new ResolvedRequest(
                external ? null : definition(name, Images.GOOD, balanced),
                List.of(),
                balancers,
                shares.isEmpty() ? "EC2" : null,
                shares),
            Machine.CLUSTER,
            identity,
            "service-" + ++nextId,
            names(),
            null,
            database.nextVersion(),
            sim.instant()));
    return true;
  }

  private DeploymentOptions configuration(int[] percents) {
    return Records.of(
        DeploymentOptions.class,
        "minimumHealthyPercent",
        percents[0],
        "maximumPercent",
        percents[1],
        "deploymentCircuitBreaker",
        Records.of(
            DeploymentCircuitBreaker.class,
            "enable",
            dice.chance(0.7),
            "rollback",
            dice.chance(0.7)));
  }

  private List<PlacementStrategy> strategies() {
    return switch (dice.below(4)) {
      case 0 -> List.of(new PlacementStrategy("spread", "attribute:ecs.availability-zone"));
      case 1 -> List.of(new PlacementStrategy("binpack", "memory"));
      case 2 -> List.of(new PlacementStrategy("random", null));
      default -> List.of();
    };
  }

  boolean isDaemon(ServiceRow row) {
    return row.desired().schedulingStrategy() == SchedulingStrategy.DAEMON;
  }

  void scale(ServiceRow row, int count) {
    sim.story().tell("user: scales %s to %d", row.name(), count);
    update(row, null, "desiredCount", count);
  }

  void deploy(ServiceRow row, String image) {
    sim.story().tell("user: deploys %s with image %s", row.name(), image);
    update(row, definition(row.name(), image, !row.desired().loadBalancers().isEmpty()));
  }

  void deployByForce(ServiceRow row) {
    sim.story().tell("user: deploys %s again", row.name());
    update(row, null, "forceNewDeployment", true);
  }

  /** Goes back from a deployment that is under way; tells whether there was one. */
  boolean stopDeployment(ServiceRow row) {
    boolean under =
        row.seen() != null
            && !row.desired().deployments().isEmpty()
            && row.seen().deployments().stream()
                .anyMatch(
                    d ->
                        d.id().equals(row.desired().deployments().getFirst().id())
                            && d.rolloutState() == RolloutState.IN_PROGRESS);
    if (!under || row.desired().stopDeployment() != null) {
      return false;
    }
    sim.story().tell("user: stops the deployment of %s", row.name());
    save(
        ServiceChanges.stopping(
            domain(row),
            row.desired().deployments().getFirst().id(),
            StopType.ROLLBACK,
            database.nextVersion(),
            sim.instant()));
    return true;
  }

  void reconfigure(ServiceRow row, int[] percents) {
    int[] chosen = percents != null ? percents : dice.oneOf(List.of(PERCENTS));
    sim.story().tell("user: %s keeps %d to %d percent", row.name(), chosen[0], chosen[1]);
    update(row, null, "deploymentConfiguration", configuration(chosen));
  }

  private void update(ServiceRow row, TaskDefinition definition, Object... members) {
    save(
        ServiceChanges.updated(
            domain(row),
            Records.of(ServiceUpdate.class, members),
            new ResolvedRequest(definition, List.of(), null, null, null),
            names(),
            database.nextVersion(),
            sim.instant()));
  }

  void delete(ServiceRow row) {
    sim.story().tell("user: deletes %s", row.name());
    save(ServiceChanges.draining(domain(row), database.nextVersion()));
  }

  // Tasks.

  /** Runs some tasks at once; some wait for room, some are large, some share providers. */
  void runTasks(int count) {
    TaskDefinition job = definition("job", Images.JOB, false);
    TaskDefinition definition = dice.chance(0.2) ? large(job) : job;
    List<CapacityProviderStrategyItem> shares =
        dice.chance(0.3) ? Providers.strategy(dice) : List.of();
    Integer timeout = dice.chance(0.5) ? (Integer) (int) dice.between(5, 600) : null;
    Instant now = sim.instant();
    for (int i = 0; i < count; i++) {
      String id = dice.hexId();
      Task task =
          TaskChanges.wanted(
              Records.of(
                  RunTaskRequest.class,
                  "placementConstraints",
                  List.of(),
                  "placementStrategy",
                  strategies(),
                  "capacityProviderStrategy",
                  shares,
                  "placementTimeout",
                  timeout),
              new StrategyRules.Capacity(shares.isEmpty() ? "EC2" : null, shares),
              List.of(),
              definition,
              Machine.CLUSTER,
              Machine.INSTALLATION,
              id,
              null,
              database.nextVersion(),
              now);
      sim.story().tell("user: runs task %s", id);
      database.put(
          Records.of(
              TaskRow.class,
              "id",
              id,
              "cluster",
              Machine.CLUSTER,
              "taskDefinitionArn",
              task.taskDefinitionArn(),
              "desiredStatus",
              task.desiredStatus(),
              "lastStatus",
              task.lastStatus(),
              "version",
              task.desired().version(),
              "desired",
              task.desired(),
              "createdAt",
              task.createdAt()),
          true);
    }
    api.relaySoon();
  }

  /** The same as large as most of a machine. */
  private static TaskDefinition large(TaskDefinition job) {
    return Records.with(
        job,
        "containerDefinitions",
        List.of(
            Records.with(job.containerDefinitions().getFirst(), "cpu", 3_072, "memory", 6_144)));
  }

  private static Task domain(TaskRow row) {
    return Records.of(
        Task.class,
        "id",
        row.id(),
        "cluster",
        row.cluster(),
        "desired",
        row.desired(),
        "desiredStatus",
        row.desiredStatus(),
        "lastStatus",
        row.lastStatus());
  }

  void stopTask(TaskRow row) {
    sim.story().tell("user: stops task %s", row.id());
    long version = database.nextVersion();
    TaskDesired stop =
        TaskChanges.stopped(domain(row), "enough", Machine.INSTALLATION, version).desired();
    database.put(row.stopAsked(stop, version), true);
    api.relaySoon();
  }

  void protect(TaskRow row, Duration howLong) {
    sim.story().tell("user: protects task %s for %s", row.id(), howLong);
    long version = database.nextVersion();
    TaskDesired wish =
        TaskChanges.protectedUntil(
                domain(row),
                !howLong.isZero(),
                sim.instant().plus(howLong),
                Machine.INSTALLATION,
                version)
            .desired();
    database.put(Records.with(row, "desired", wish, "version", version), true);
    api.relaySoon();
  }

  List<TaskRow> liveTasks() {
    return database.tasks(
        t ->
            t.lastStatus().compareTo(TaskLifecycle.STOPPING) < 0
                && t.desiredStatus() == TaskLifecycle.RUNNING);
  }

  // Container instances.

  void want(InstanceRow row, InstanceStatusName status, boolean force) {
    sim.story().tell("user: wants %s %s%s", row.id(), status, force ? " by force" : "");
    ContainerInstance instance =
        Records.of(
            ContainerInstance.class,
            "desired",
            row.desired(),
            "seen",
            row.seen(),
            "registeredAt",
            row.registeredAt());
    long version = database.nextVersion();
    ContainerInstance changed =
        status == InstanceStatusName.INACTIVE
            ? InstanceChanges.deregistered(instance, force, version, sim.instant())
            : InstanceChanges.status(instance, status, force, version);
    database.put(
        Records.with(
            row,
            "status",
            status,
            "version",
            version,
            "desired",
            changed.desired(),
            "deregisteredAt",
            changed.deregisteredAt()),
        true);
    api.relaySoon();
  }
}
