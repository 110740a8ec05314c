package dev.berth.benchmarks.scheduler;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The records of a cluster, as the services write them: instances of 32 vCPU and 128 GiB in three
 * zones, services, and tasks that run, evenly over the instances. A task takes 256 CPU units and
 * 512 MiB.
 *
 * @param instances how many container instances
 * @param services how many services
 * @param tasksPerService how many tasks each has
 */
record ClusterRecords(int instances, int services, int tasksPerService) {
  static final String CLUSTER = "default";
  static final String INSTALLATION = "b3c1f2a4-5d6e-4f70-8a91-b2c3d4e5f607";
  private static final String CLUSTER_ARN = "arn:aws:ecs:us-east-1:000000000000:cluster/default";
  private static final String DIGEST =
      "sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";
  private static final int TYPES = 10;
  private static final int ZONES = 3;

  /** Of about so many tasks: 200 per service, 50 per instance. */
  static ClusterRecords ofTasks(int tasks) {
    return new ClusterRecords(Math.max(6, tasks / 50), tasks / 200, 200);
  }

  int tasks() {
    return services * tasksPerService;
  }

  static String instanceId(int instance) {
    return String.format(Locale.ROOT, "%032x", 0xa000_0000L + instance);
  }

  static String taskId(int task) {
    return String.format(Locale.ROOT, "%032x", 0x7_0000_0000L + task);
  }

  /** The service that a task belongs to. */
  int serviceOf(int task) {
    return task / tasksPerService;
  }

  // Neighbours of one service stand on neighbouring instances.
  private int instanceOf(int task) {
    return task % instances;
  }

  static String service(int number) {
    return "service-" + number;
  }

  static byte[] cluster() {
    return json(
        "{'cluster':'default','version':1,'installationId':'"
            + INSTALLATION
            + "','clusterArn':'"
            + CLUSTER_ARN
            + "','status':'ACTIVE'}");
  }

  static byte[] instanceStatus(int instance) {
    String id = instanceId(instance);
    String zone = "zone-" + instance % ZONES;
    return json(
        "{'containerInstanceId':'"
            + id
            + "','cluster':'default','version':1,'installationId':'"
            + INSTALLATION
            + "','name':'host-"
            + instance
            + "','availabilityZone':'"
            + zone
            + "','hostAddress':'10.0.0.1',"
            + "'registeredResources':{'cpu':32768,'memory':131072,'hostPorts':[],'gpus':0},"
            + "'attributes':[{'name':'ecs.availability-zone','value':'"
            + zone
            + "'},{'name':'ecs.instance-type','value':'m5."
            + instance % TYPES
            + "xlarge'},{'name':'ecs.os-type','value':'linux'},"
            + "{'name':'ecs.cpu-architecture','value':'x86_64'}],"
            + "'agentVersion':'1.0.0','dockerVersion':'27.0.0','dockerConnected':true,"
            + "'registeredAt':'2026-01-01T00:00:00Z','startedAt':'2026-01-01T00:00:00Z'}");
  }

  static byte[] instanceDesired(int instance) {
    return json(
        "{'containerInstanceId':'"
            + instanceId(instance)
            + "','cluster':'default','version':1,'installationId':'"
            + INSTALLATION
            + "','status':'ACTIVE','force':false}");
  }

  static byte[] heartbeat(int instance, long sequence, Instant at) {
    return json(
        "{'containerInstanceId':'"
            + instanceId(instance)
            + "','cluster':'default','sequence':"
            + sequence
            + ",'statusVersion':1,'dockerConnected':true,'intervalMillis':1000,'sentAt':'"
            + at
            + "'}");
  }

  /** A service as users want it. */
  static byte[] serviceDesired(String name, int count, long version, Way way) {
    return json(
        "{'cluster':'default','serviceName':'"
            + name
            + "','serviceId':'id-"
            + name
            + "','version':"
            + version
            + ",'installationId':'"
            + INSTALLATION
            + "','serviceArn':'arn:aws:ecs:us-east-1:000000000000:service/default/"
            + name
            + "','clusterArn':'"
            + CLUSTER_ARN
            + "','status':'ACTIVE','schedulingStrategy':'REPLICA','desiredCount':"
            + count
            + ",'deploymentConfiguration':{'minimumHealthyPercent':100,'maximumPercent':200},"
            + "'deployments':[{'id':'ecs-svc/"
            + name
            + "','status':'PRIMARY','taskDefinition':{'taskDefinitionArn':'"
            + definition(name)
            + "','family':'"
            + name
            + "','revision':1,'networkMode':'bridge','containerDefinitions':["
            + "{'name':'app','image':'example/app:1','cpu':256,'memory':512,'essential':true}]},"
            + "'createdAt':'2026-01-01T00:00:00Z','updatedAt':'2026-01-01T00:00:00Z'}],"
            + "'placementStrategy':"
            + way.strategies()
            + ",'placementConstraints':"
            + way.constraints()
            + ",'createdAt':'2026-01-01T00:00:00Z'}");
  }

  /** What the scheduler said last of a service whose tasks all run. */
  byte[] serviceStatus(int service, Instant reportedAt) {
    String name = service(service);
    return json(
        "{'cluster':'default','serviceName':'"
            + name
            + "','serviceId':'id-"
            + name
            + "','version':1,'observedVersion':1,'status':'ACTIVE','desiredCount':"
            + tasksPerService
            + ",'runningCount':"
            + tasksPerService
            + ",'pendingCount':0,'steady':true,'deployments':[{'id':'ecs-svc/"
            + name
            + "','status':'PRIMARY','taskDefinitionArn':'"
            + definition(name)
            + "','desiredCount':"
            + tasksPerService
            + ",'pendingCount':0,'runningCount':"
            + tasksPerService
            + ",'failedTasks':0,'rolloutState':'COMPLETED',"
            + "'rolloutStateReason':'ECS deployment ecs-svc/"
            + name
            + " completed.','createdAt':'2026-01-01T00:00:00Z',"
            + "'updatedAt':'2026-01-01T00:00:00Z','completedAt':'2026-01-01T00:00:00Z',"
            + "'circuitBreaker':{'status':'DISABLED','failureCount':0,'threshold':"
            + Math.clamp(tasksPerService / 2, 3, 200)
            + "},'containerImages':[{'containerName':'app','image':'example/app:1','imageDigest':'"
            + DIGEST
            + "'}]}],"
            + "'updatedAt':'"
            + reportedAt
            + "'}");
  }

  /** What the scheduler remembers of a task. */
  byte[] assignment(int task) {
    String name = service(serviceOf(task));
    return json(
        "{'taskId':'"
            + taskId(task)
            + "','cluster':'default','version':1,'epoch':1,'containerInstanceId':'"
            + instanceId(instanceOf(task))
            + "','taskDefinitionArn':'"
            + definition(name)
            + "',"
            + ofService(name)
            + "'desiredStatus':'RUNNING','createdAt':'2026-01-01T00:00:00Z'}");
  }

  /** A task as its node sees it, running. */
  byte[] running(int task, long version) {
    return status(task, version, "RUNNING", "");
  }

  /** A task as its node sees it, ended by itself. */
  byte[] stopped(int task, long version) {
    return status(
        task,
        version,
        "STOPPED",
        ",'stopCode':'EssentialContainerExited','stoppedReason':'Essential container in task"
            + " exited','stoppedAt':'2026-01-01T01:00:00Z'");
  }

  private byte[] status(int task, long version, String status, String more) {
    return status(
        taskId(task),
        instanceId(instanceOf(task)),
        service(serviceOf(task)),
        version,
        status,
        more);
  }

  /** A task that was placed meanwhile, ended. */
  static byte[] stopped(String taskId, String instanceId, String service) {
    return status(taskId, instanceId, service, 1, "STOPPED", "");
  }

  private static byte[] status(
      String id, String instanceId, String name, long version, String status, String more) {
    return json(
        "{'taskId':'"
            + id
            + "','cluster':'default','containerInstanceId':'"
            + instanceId
            + "','version':"
            + version
            + ",'installationId':'"
            + INSTALLATION
            + "','lastStatus':'"
            + status
            + "','containers':[{'containerId':'"
            + id
            + "-app','name':'app','image':'example/app:1','imageDigest':'"
            + DIGEST
            + "','runtimeId':'"
            + id
            + id
            + "','lastStatus':'"
            + status
            + "','cpu':'256','memory':'512'}],'taskDefinitionArn':'"
            + definition(name)
            + "',"
            + ofService(name)
            + "'hostAddress':'10.0.0.1','createdAt':'2026-01-01T00:00:00Z',"
            + "'pullStartedAt':'2026-01-01T00:00:00Z','pullStoppedAt':'2026-01-01T00:00:00Z',"
            + "'startedAt':'2026-01-01T00:00:00Z'"
            + more
            + "}");
  }

  private static String ofService(String name) {
    return "'serviceName':'"
        + name
        + "','serviceId':'id-"
        + name
        + "','deploymentId':'ecs-svc/"
        + name
        + "','group':'service:"
        + name
        + "','startedBy':'ecs-svc/"
        + name
        + "','resources':{'cpu':256,'memory':512,'hostPorts':[],'gpus':0},'launchType':'EC2',";
  }

  private static String definition(String name) {
    return "arn:aws:ecs:us-east-1:000000000000:task-definition/" + name + ":1";
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  /**
   * How the tasks of a service are placed.
   *
   * @param strategies JSON with single quotes
   * @param constraints JSON with single quotes
   */
  record Way(String name, String strategies, String constraints) {
    private static final String ZONES_AND_INSTANCES =
        "[{'type':'spread','field':'attribute:ecs.availability-zone'},"
            + "{'type':'spread','field':'instanceId'}]";

    static final Way SPREAD = new Way("spread", ZONES_AND_INSTANCES, "[]");

    static final List<Way> ALL =
        List.of(
            SPREAD,
            new Way("binpack", "[{'type':'binpack','field':'memory'}]", "[]"),
            new Way(
                "memberOf",
                ZONES_AND_INSTANCES,
                "[{'type':'memberOf','expression':'attribute:ecs.instance-type =~ m5\\\\.[0-7].* "
                    + "and not(attribute:ecs.availability-zone == zone-2)'}]"),
            new Way("distinctInstance", ZONES_AND_INSTANCES, "[{'type':'distinctInstance'}]"));

    static String names() {
      return ALL.stream().map(Way::name).collect(Collectors.joining(", "));
    }
  }
}
