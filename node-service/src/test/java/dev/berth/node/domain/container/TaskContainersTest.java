package dev.berth.node.domain.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.task.NetworkBinding;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.taskdef.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskContainersTest {
  private static final String ID = AssignedTasks.TASK_ID;

  @Test
  void namesEverythingAfterTheTask() {
    TaskContainers plan =
        plan(
            """
            {'family': 'f', 'revision': 3, 'networkMode': 'bridge', 'volumes': [
              {'name': 'scratch', 'host': {}},
              {'name': 'folder', 'host': {'sourcePath': '/srv'}},
              {'name': 'library', 'dockerVolumeConfiguration': {'scope': 'shared'}}],
             'containerDefinitions': [
              {'name': 'db', 'image': 'db'},
              {'name': 'web', 'image': 'web', 'links': ['db', 'db:database'],
               'volumesFrom': [{'sourceContainer': 'db', 'readOnly': true}],
               'mountPoints': [{'sourceVolume': 'scratch', 'containerPath': '/a'},
                {'sourceVolume': 'folder', 'containerPath': '/b', 'readOnly': true},
                {'sourceVolume': 'library', 'containerPath': '/c'}]}]}
            """);

    assertThat(plan.holder()).isEmpty();
    assertThat(plan.containers()).containsOnlyKeys("db", "web");
    ContainerSpec web = plan.containers().get("web");
    assertThat(web.name()).isEqualTo("berth-" + ID + "-web");
    assertThat(web.networking().links())
        .containsExactly("berth-" + ID + "-db:db", "berth-" + ID + "-db:database");
    assertThat(web.storage().volumesFrom()).containsExactly("berth-" + ID + "-db:ro");
    assertThat(web.storage().mounts())
        .containsExactly(
            new ContainerStorage.Mount("berth-" + ID + "-scratch", "/a", false),
            new ContainerStorage.Mount("/srv", "/b", true),
            new ContainerStorage.Mount("library", "/c", false));
    assertThat(plan.volumes())
        .extracting(volume -> volume.volume().name(), VolumePlan::removeWithTask)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("berth-" + ID + "-scratch", true),
            org.assertj.core.groups.Tuple.tuple("library", false));
    assertThat(plan.volumes()).extracting(VolumePlan::mustExist).containsExactly(false, true);
  }

  @Test
  void givesAnAwsvpcTaskOneHolderWithAllNamesAndAddresses() {
    TaskContainers plan =
        plan(
            """
            {'family': 'f', 'revision': 1, 'networkMode': 'awsvpc', 'containerDefinitions': [
              {'name': 'a', 'image': 'a', 'hostname': 'box', 'dnsServers': ['10.0.0.1'],
               'extraHosts': [{'hostname': 'x', 'ipAddress': '10.0.0.9'}],
               'portMappings': [{'containerPort': 80}],
               'systemControls': [{'namespace': 'net.core.somaxconn', 'value': '9'},
                 {'namespace': 'kernel.msgmax', 'value': '1'}]},
              {'name': 'b', 'image': 'b', 'dnsSearchDomains': ['in.example']}]}
            """);

    NetworkHolderSpec holder = plan.holder().orElseThrow();
    assertThat(holder.name()).isEqualTo("berth-" + ID + ".holder");
    assertThat(holder.ownAddress()).isTrue();
    assertThat(holder.hostname()).isEqualTo("box");
    assertThat(holder.dnsServers()).containsExactly("10.0.0.1");
    assertThat(holder.dnsSearchDomains()).containsExactly("in.example");
    assertThat(holder.extraHosts()).containsExactly("x:10.0.0.9");
    assertThat(holder.sysctls()).containsExactly(Map.entry("net.core.somaxconn", "9"));
    assertThat(holder.labels()).containsEntry(BerthLabels.ROLE, BerthLabels.ROLE_HOLDER);
    ContainerSpec a = plan.containers().get("a");
    assertThat(a.networking())
        .isEqualTo(ContainerNetworking.of("container:berth-" + ID + ".holder"));
    assertThat(a.hostname()).isNull();
    assertThat(a.privileges().sysctls()).containsExactly(Map.entry("kernel.msgmax", "1"));
  }

  @Test
  void holdsSharedPidAndIpcWithoutAnAddress() {
    TaskContainers plan =
        plan(
            """
            {'family': 'f', 'revision': 1, 'pidMode': 'task', 'ipcMode': 'task',
             'containerDefinitions': [{'name': 'a', 'image': 'a'}]}
            """);
    assertThat(plan.holder().orElseThrow().ownAddress()).isFalse();
    assertThat(plan.holder().orElseThrow().shareIpc()).isTrue();
    ContainerPrivileges privileges = plan.containers().get("a").privileges();
    assertThat(privileges.pidMode()).isEqualTo("container:berth-" + ID + ".holder");
    assertThat(privileges.ipcMode()).isEqualTo("container:berth-" + ID + ".holder");
    assertThat(plan.containers().get("a").networking().mode()).isEqualTo("bridge");
  }

  @Test
  void sharesOutTheTasksCpuAndMemory() {
    TaskContainers plan =
        plan(
            """
            {'family': 'f', 'revision': 1, 'cpu': '1024', 'memory': '512', 'containerDefinitions': [
              {'name': 'a', 'image': 'a', 'cpu': 512, 'memory': 128},
              {'name': 'b', 'image': 'b'}, {'name': 'c', 'image': 'c'}]}
            """);
    assertThat(plan.containers().values())
        .extracting(spec -> spec.limits().cpuShares())
        .containsExactly(512, 256, 256);
    assertThat(plan.containers().values())
        .extracting(spec -> spec.limits().memory())
        .containsExactly(128L << 20, 512L << 20, 512L << 20);
    assertThat(plan.containers().values())
        .extracting(spec -> spec.limits().nanoCpus())
        .containsOnly(1_000_000_000L);
  }

  @Test
  void countsTheGpusOfEachContainerAndAnOverrideReplacesThem() {
    String definition =
        """
        {'family': 'f', 'revision': 1, 'containerDefinitions': [
          {'name': 'a', 'image': 'a',
           'resourceRequirements': [{'type': 'GPU', 'value': '2'}]},
          {'name': 'b', 'image': 'b'}]}
        """;
    TaskAssigned task =
        AssignedTasks.task(
            ID,
            "i",
            definition,
            """
            {'containerOverrides': [
              {'name': 'b', 'resourceRequirements': [{'type': 'GPU', 'value': '1'}]}]}
            """);
    assertThat(TaskContainers.of(task).containers().values())
        .extracting(spec -> spec.limits().gpus())
        .containsExactly(2, 1);
  }

  @Test
  void letsOverridesWin() {
    TaskAssigned task =
        AssignedTasks.task(
            ID,
            "i",
            """
            {'family': 'f', 'revision': 1, 'cpu': '256', 'containerDefinitions': [
              {'name': 'a', 'image': 'a', 'command': ['x'], 'memory': 64, 'cpu': 10,
               'environment': [{'name': 'A', 'value': '1'}, {'name': 'B', 'value': '2'}]},
              {'name': 'b', 'image': 'b', 'command': ['y']}]}
            """,
            """
            {'cpu': '512', 'containerOverrides': [{'name': 'a', 'command': ['z'], 'memory': 32,
              'cpu': 20, 'environment': [{'name': 'B', 'value': '3'}, {'name': 'C'}]}]}
            """);
    Map<String, ContainerSpec> specs = TaskContainers.of(task).containers();
    assertThat(specs.get("a").command()).containsExactly("z");
    assertThat(specs.get("a").environment()).containsExactly("A=1", "B=3", "C=");
    assertThat(specs.get("a").limits().memory()).isEqualTo(32L << 20);
    assertThat(specs.get("a").limits().cpuShares()).isEqualTo(20);
    assertThat(specs.get("a").limits().nanoCpus()).isEqualTo(500_000_000L);
    assertThat(specs.get("b").command()).containsExactly("y");
  }

  @Test
  void publishesPortsOnlyInBridgeMode() {
    String ports = "'portMappings': [{'containerPort': 80, 'hostPort': 80, 'protocol': 'udp'}]";
    String definition =
        "{'family': 'f', 'revision': 1, 'networkMode': '%s', 'containerDefinitions': ["
            + "{'name': 'a', 'image': 'a', "
            + ports
            + "}]}";
    assertThat(plan(definition.replace("%s", "bridge")).containers().get("a").networking().ports())
        .containsExactly(new PublishedPort(80, 80, Protocol.UDP));
    TaskAssigned host = AssignedTasks.task(definition.replace("%s", "host"));
    ContainerSpec spec = TaskContainers.of(host).containers().get("a");
    assertThat(spec.networking()).isEqualTo(ContainerNetworking.of("host"));
    assertThat(
            TaskContainers.bindings(
                host.taskDefinition(),
                host.taskDefinition().containerDefinitions().getFirst(),
                null))
        .containsExactly(new NetworkBinding("0.0.0.0", 80, 80, Protocol.UDP));
  }

  @Test
  void labelsWhatTheTaskIs() {
    TaskContainers plan =
        plan(
            "{'family': 'f', 'revision': 3, 'containerDefinitions': [{'name': 'a', 'image': 'a'}]}");
    assertThat(plan.containers().get("a").labels())
        .containsEntry(BerthLabels.TASK_ID, ID)
        .containsEntry(BerthLabels.INSTALLATION_ID, "test-installation")
        .containsEntry(BerthLabels.CLUSTER, "default")
        .containsEntry(BerthLabels.CONTAINER_INSTANCE, "instance-1")
        .containsEntry(BerthLabels.SERVICE_NAME, "web")
        .containsEntry(BerthLabels.CPU, "256")
        .containsEntry("com.amazonaws.ecs.task-definition-family", "f")
        .containsEntry("com.amazonaws.ecs.task-definition-version", "3")
        .doesNotContainKey(BerthLabels.TASK_DEFINITION_ARN);
  }

  @Test
  void boundsItsOwnLogFilesAndLeavesOthersAlone() {
    String definition =
        "{'family': 'f', 'revision': 1, 'containerDefinitions': [{'name': 'a', 'image': 'a'%s}]}";
    assertThat(logging(definition.replace("%s", "")).options()).containsKey("max-size");
    assertThat(
            logging(
                    definition.replace(
                        "%s",
                        ", 'logConfiguration': {'logDriver': 'json-file', 'options':"
                            + " {'max-file': '9'}}"))
                .options())
        .containsExactly(Map.entry("max-file", "9"));
    assertThat(logging(definition.replace("%s", ", 'logConfiguration': {'logDriver': 'journald'}")))
        .isEqualTo(new ContainerLogging("journald", Map.of()));
  }

  private static ContainerLogging logging(String definition) {
    return List.copyOf(plan(definition).containers().values()).getFirst().logging();
  }

  private static TaskContainers plan(String definition) {
    return TaskContainers.of(AssignedTasks.task(definition));
  }
}
