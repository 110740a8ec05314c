package dev.berth.benchmarks.scheduler;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.IdSource;
import dev.berth.scheduler.domain.Plan;
import dev.berth.scheduler.domain.SchedulerSettings;
import dev.berth.scheduler.domain.reconcile.Reconciler;
import dev.berth.scheduler.domain.state.ClusterState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A cluster as its scheduler knows it: instances in three zones, services, their running tasks. */
final class MeasuredCluster {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String CLUSTER = "default";
  private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:cluster/default";

  private final ClusterState state =
      new ClusterState(CLUSTER, "installation", 1, SchedulerSettings.DEFAULT);
  private final Ids ids = new Ids();
  private final int instances;
  private final List<String> running = new ArrayList<>();
  private Instant now = START;
  private long version = 1;
  private int nextTask;

  /**
   * @param instances each with 256 vCPU and 1 TiB, so that what is measured is choosing, not
   *     refusing
   */
  MeasuredCluster(int instances) {
    this.instances = instances;
    state.on(
        read(
            ClusterDesired.class,
            "{'cluster':'%s','version':1,'installationId':'installation','clusterArn':'%s','status':'ACTIVE'}",
            CLUSTER,
            ARN));
    for (int i = 0; i < instances; i++) {
      state.on(
          read(
              ContainerInstanceStatus.class,
              "{'containerInstanceId':'i-%d','cluster':'default','version':1,'installationId':'installation','name':'i-%d',"
                  + "'availabilityZone':'zone-%d','hostAddress':'10.0.0.1','registeredResources':{'cpu':262144,'memory':1048576,'hostPorts':[],'gpus':0},"
                  + "'attributes':[{'name':'ecs.availability-zone','value':'zone-%d'},{'name':'ecs.instance-type','value':'type-%d'},"
                  + "{'name':'ecs.os-type','value':'linux'},{'name':'ecs.cpu-architecture','value':'x86_64'}],"
                  + "'dockerConnected':true,'startedAt':'2026-01-01T00:00:00Z'}",
              i,
              i,
              i % 3,
              i % 3,
              i % 10));
      state.on(
          read(
              ContainerInstanceDesired.class,
              "{'containerInstanceId':'i-%d','cluster':'default','version':1,'installationId':'installation','status':'ACTIVE','force':false}",
              i));
    }
  }

  /** The last records of a service with its tasks, as a scheduler reads them at its start. */
  List<byte[]> recordsOfService(String name, int tasks) {
    List<byte[]> records = new ArrayList<>();
    records.add(service(name, tasks, "[]", "[]"));
    for (int i = 0; i < tasks; i++) {
      String id = "%032x".formatted(++nextTask);
      int instance = nextTask % instances;
      running.add(id);
      records.add(
          json(
              "{'taskId':'%s','cluster':'default','version':1,'epoch':1,'containerInstanceId':'i-%d','taskDefinitionArn':'arn:td/%s:1',"
                  + "'serviceName':'%s','serviceId':'id-%s','deploymentId':'ecs-svc/%s','group':'service:%s','startedBy':'ecs-svc/%s',"
                  + "'resources':{'cpu':10,'memory':16,'hostPorts':[],'gpus':0},'desiredStatus':'RUNNING','createdAt':'2026-01-01T00:00:00Z'}",
              id, instance, name, name, name, name, name, name));
      records.add(status(id, instance, name, "RUNNING", 1));
    }
    return records;
  }

  private static byte[] status(String id, int instance, String name, String status, long version) {
    return json(
        "{'taskId':'%s','cluster':'default','containerInstanceId':'i-%d','version':%d,'installationId':'installation','lastStatus':'%s',"
            + "'taskDefinitionArn':'arn:td/%s:1','serviceName':'%s','serviceId':'id-%s','deploymentId':'ecs-svc/%s','group':'service:%s',"
            + "'resources':{'cpu':10,'memory':16,'hostPorts':[],'gpus':0},'hostAddress':'10.0.0.1','createdAt':'2026-01-01T00:00:00Z',"
            + "'startedAt':'2026-01-01T00:00:00Z'%s}",
        id,
        instance,
        version,
        status,
        name,
        name,
        name,
        name,
        name,
        "STOPPED".equals(status)
            ? ",'stopCode':'EssentialContainerExited','stoppedAt':'2026-01-01T01:00:00Z'"
            : "");
  }

  private byte[] service(String name, int count, String strategy, String constraints) {
    return json(
        "{'cluster':'default','serviceName':'%s','serviceId':'id-%s','version':%d,'installationId':'installation',"
            + "'serviceArn':'arn:s/%s','clusterArn':'%s','status':'ACTIVE','schedulingStrategy':'REPLICA','desiredCount':%d,"
            + "'deploymentConfiguration':{'minimumHealthyPercent':0,'maximumPercent':200},"
            + "'deployments':[{'id':'ecs-svc/%s','status':'PRIMARY','taskDefinition':{'taskDefinitionArn':'arn:td/%s:1','family':'%s','revision':1,"
            + "'networkMode':'bridge','containerDefinitions':[{'name':'app','image':'app','cpu':10,'memory':16,'essential':true}]},"
            + "'createdAt':'2026-01-01T00:00:00Z','updatedAt':'2026-01-01T00:00:00Z'}],"
            + "'placementStrategy':%s,'placementConstraints':%s,'createdAt':'2026-01-01T00:00:00Z'}",
        name,
        name,
        ++version,
        name,
        ARN,
        count,
        name,
        name,
        name,
        strategy,
        constraints);
  }

  /** Reads and folds a record, as at a start. */
  void fold(byte[] record, int position) {
    if (position == 0) {
      state.on(EventJson.read(record, ServiceDesired.class));
    } else if (position % 2 == 1) {
      state.on(EventJson.read(record, TaskAssignment.class));
    } else {
      state.on(EventJson.read(record, TaskStatus.class));
    }
  }

  /** Services with tasks that run, evenly over the instances. */
  MeasuredCluster with(int services, int tasksEach) {
    for (int s = 0; s < services; s++) {
      List<byte[]> records = recordsOfService("s" + s, tasksEach);
      for (int i = 0; i < records.size(); i++) {
        fold(records.get(i), i);
      }
    }
    return this;
  }

  /** Everything is known; heartbeats are fresh. */
  MeasuredCluster ready() {
    state.caughtUp(now, true);
    beat();
    Reconciler.planAll(state, now, ids);
    return this;
  }

  private void beat() {
    for (int i = 0; i < instances; i++) {
      state.on(
          read(
              ContainerInstanceHeartbeat.class,
              "{'containerInstanceId':'i-%d','cluster':'default','sequence':%d,'statusVersion':1,'dockerConnected':true,'intervalMillis':1000,'sentAt':'%s'}",
              i,
              ++version,
              now),
          now);
    }
  }

  /** Decides what changed. */
  Plan plan() {
    return Reconciler.plan(state, now, ids);
  }

  /** Decides everything. */
  Plan planAll() {
    return Reconciler.planAll(state, now, ids);
  }

  void want(String name, int count, String strategy, String constraints) {
    state.on(EventJson.read(service(name, count, strategy, constraints), ServiceDesired.class));
  }

  /** One running task ends; its service is one short. */
  void oneTaskEnds(int number) {
    String id = running.get(number);
    int instance = Integer.parseInt(id.substring(16), 16) % instances;
    String name = state.task(id).serviceName();
    state.on(EventJson.read(status(id, instance, name, "STOPPED", 2), TaskStatus.class));
  }

  static int placed(Plan plan) {
    int placed = 0;
    for (Decision decision : plan.decisions()) {
      placed += decision instanceof Decision.PlaceTask ? 1 : 0;
    }
    return placed;
  }

  private static byte[] json(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments)
        .replace('\'', '"')
        .getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T read(Class<T> type, String format, Object... arguments) {
    return EventJson.read(json(format, arguments), type);
  }

  private static final class Ids implements IdSource {
    private long next = 1L << 40;
    private long random = 42;

    @Override
    public String nextTaskId() {
      return "%032x".formatted(++next);
    }

    @Override
    public String nextEventId() {
      return "event-" + ++next;
    }

    @Override
    public long nextRandom() {
      random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
      return random;
    }
  }
}
