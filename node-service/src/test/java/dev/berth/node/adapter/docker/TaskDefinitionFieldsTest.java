package dev.berth.node.adapter.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.contracts.taskdef.Protocol;
import dev.berth.node.domain.container.ContainerHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every field of a task definition that Docker is asked for, seen in what it caused: in {@code
 * docker inspect}, or in what a container could or could not do. Fields that are about order and
 * time (dependsOn, startTimeout, essential, restartPolicy) are shown where tasks are run.
 */
@Tag("docker")
class TaskDefinitionFieldsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INSTALLATION = "fields-" + UUID.randomUUID();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static DockerContainerEngine engine;
  private static String image;

  /** A field, a definition that uses it, and what must have come of it. */
  record Row(
      String field,
      String definition,
      String overrides,
      boolean start,
      Consumer<TaskOnDocker> check) {
    /** Not started: the machine that runs the tests may itself lack the power asked for. */
    Row createdOnly() {
      return new Row(field, definition, overrides, false, check);
    }

    @Override
    public String toString() {
      return field;
    }
  }

  @BeforeAll
  static void connect() {
    engine = RealDocker.engine();
    image = RealDocker.image();
  }

  @AfterAll
  static void disconnect() throws IOException {
    // Docker made it for the row that mounts a folder which wasn't there.
    Files.deleteIfExists(Path.of("/tmp/berth-fields-test"));
    if (engine != null) {
      engine.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"processRows", "limitRows", "powerRows", "networkRows", "storageRows", "logRows"})
  void isSeenInWhatItCaused(Row row) {
    String definition = row.definition().replace("IMAGE", image);
    try (TaskOnDocker task = new TaskOnDocker(engine, INSTALLATION, definition, row.overrides())) {
      task.make(row.start());
      row.check().accept(task);
    }
  }

  static Stream<Row> processRows() {
    return Stream.of(
        row("image", app(""), at("/Config/Image", "'berth-test/busybox:2'")),
        row("command", app("'command': ['sleep', '60']"), at("/Config/Cmd", "['sleep', '60']")),
        row(
            "command override",
            app("'command': ['sleep', '60']"),
            "{'containerOverrides': [{'name': 'app', 'command': ['sleep', '70']}]}",
            at("/Config/Cmd", "['sleep', '70']")),
        row(
            "entryPoint",
            app("'entryPoint': ['sh', '-c'], 'command': ['echo in $0']"),
            output("in sh")),
        row(
            "environment",
            app("'environment': [{'name': 'A', 'value': 'x=y'}], " + script("echo $A")),
            output("x=y")),
        row(
            "environment override",
            app("'environment': [{'name': 'A', 'value': '1'}], " + script("echo $A$B")),
            "{'containerOverrides': [{'name': 'app', 'environment': [{'name': 'A', 'value': '2'},"
                + " {'name': 'B', 'value': '3'}]}]}",
            output("23")),
        row(
            "workingDirectory",
            app("'workingDirectory': '/tmp', " + script("pwd")),
            output("/tmp")),
        row("user", app("'user': '1234:5678', " + script("id -u; id -g")), output("1234", "5678")),
        row("hostname", app("'hostname': 'box', " + script("hostname")), output("box")),
        row("interactive", app("'interactive': true"), at("/Config/OpenStdin", "true")),
        row(
            "pseudoTerminal",
            app("'pseudoTerminal': true, " + script("tty")),
            output("/dev/pts/0")),
        row(
            "dockerLabels",
            app("'dockerLabels': {'team': 'blue', 'dev.berth.task-id': 'forged'}"),
            task -> {
              JsonNode labels = task.inspect("app").at("/Config/Labels");
              assertThat(labels.get("team").asText()).isEqualTo("blue");
              assertThat(labels.get("dev.berth.task-id").asText()).isEqualTo(task.taskId());
              assertThat(labels.get("com.amazonaws.ecs.container-name").asText()).isEqualTo("app");
              assertThat(labels.get("com.amazonaws.ecs.task-arn").asText())
                  .endsWith("task/default/" + task.taskId());
              assertThat(labels.get("com.amazonaws.ecs.task-definition-family").asText())
                  .isEqualTo("fields");
            }),
        row(
            "healthCheck",
            app(
                "'healthCheck': {'command': ['CMD-SHELL', 'test -e /bin/sh'], 'interval': 1,"
                    + " 'timeout': 2, 'retries': 4, 'startPeriod': 1}"),
            task -> {
              JsonNode check = task.inspect("app").at("/Config/Healthcheck");
              assertThat(check)
                  .isEqualTo(
                      json(
                          "{'Test': ['CMD-SHELL', 'test -e /bin/sh'], 'Interval': 1000000000,"
                              + " 'Timeout': 2000000000, 'StartPeriod': 1000000000,"
                              + " 'Retries': 4}"));
              awaitHealth(task, ContainerHealth.HEALTHY);
            }),
        row(
            "healthCheck that fails",
            app("'healthCheck': {'command': ['CMD', 'false'], 'interval': 1, 'retries': 1}"),
            task -> awaitHealth(task, ContainerHealth.UNHEALTHY)),
        row("stopTimeout", app("'stopTimeout': 7"), at("/Config/StopTimeout", "7")),
        row("stopTimeout absent", app(""), at("/Config/StopTimeout", "30")),
        row(
            "stop signal before SIGKILL",
            app(script("trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.1; done")),
            task -> {
              String id = task.snapshot("app").id();
              await().atMost(PATIENCE).until(() -> RealDocker.logs(id).contains("up"));
              engine.stop(id, Duration.ofSeconds(20));
              assertThat(task.snapshot("app").exitCode()).isEqualTo(5);
              assertThat(task.output("app")).containsExactly("up", "bye");
            }));
  }

  static Stream<Row> limitRows() {
    return Stream.of(
        row("cpu", app("'cpu': 128"), at("/HostConfig/CpuShares", "128")),
        row("cpu absent", app(""), at("/HostConfig/CpuShares", "2")),
        row(
            "cpu of the task",
            task("'cpu': '512', 'memory': '64'", container("app", "")),
            task -> {
              assertThat(task.inspect("app").at("/HostConfig/NanoCpus").asLong())
                  .isEqualTo(500_000_000L);
              assertThat(task.inspect("app").at("/HostConfig/CpuShares").asInt()).isEqualTo(512);
              assertThat(task.inspect("app").at("/HostConfig/Memory").asLong())
                  .isEqualTo(64L << 20);
            }),
        row("memory", app("'memory': 32"), at("/HostConfig/Memory", "33554432")),
        row(
            "memory kills",
            app("'memory': 8, " + script("tail -c 64m /dev/zero | wc -c; sleep 1; tail /dev/zero")),
            task ->
                await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(task.snapshot("app").outOfMemory()).isTrue())),
        row(
            "memoryReservation",
            app("'memory': 32, 'memoryReservation': 16"),
            at("/HostConfig/MemoryReservation", "16777216")),
        row(
            "ulimits",
            app(
                "'ulimits': [{'name': 'nofile', 'softLimit': 100, 'hardLimit': 200}], "
                    + script("ulimit -Sn; ulimit -Hn")),
            output("100", "200")),
        row(
            "sharedMemorySize",
            linux("'sharedMemorySize': 128", ""),
            at("/HostConfig/ShmSize", "134217728")),
        row(
            "maxSwap and swappiness",
            app("'memory': 32, 'linuxParameters': {'maxSwap': 16, 'swappiness': 10}"),
            task -> {
              JsonNode host = task.inspect("app").at("/HostConfig");
              assertThat(host.get("MemorySwap").asLong()).isEqualTo(48L << 20);
              assertThat(host.get("MemorySwappiness").asInt()).isEqualTo(10);
            }));
  }

  static Stream<Row> powerRows() {
    return Stream.of(
        row(
            "readonlyRootFilesystem",
            app("'readonlyRootFilesystem': true, " + script("touch /tmp/x 2>/dev/null || echo no")),
            output("no")),
        row("privileged", app("'privileged': true"), at("/HostConfig/Privileged", "true"))
            .createdOnly(),
        row(
            "capabilities",
            linux(
                "'capabilities': {'add': ['NET_ADMIN'], 'drop': ['CHOWN']}",
                script(
                    "touch /tmp/x; chown 1 /tmp/x 2>/dev/null || echo no;"
                        + " ip link set lo mtu 1400 && echo yes")),
            output("no", "yes")),
        row(
            "initProcessEnabled",
            linux("'initProcessEnabled': true", script("cat /proc/1/comm")),
            output("docker-init")),
        row(
            "devices",
            linux(
                "'devices': [{'hostPath': '/dev/null', 'containerPath': '/dev/nix',"
                    + " 'permissions': ['read', 'write']}]",
                script("echo gone > /dev/nix && echo yes")),
            output("yes")),
        row(
            "tmpfs",
            linux(
                "'tmpfs': [{'containerPath': '/scratch', 'size': 8, 'mountOptions': ['noexec']}]",
                script("grep ' /scratch ' /proc/mounts | grep -o 'noexec\\\\|size=8192k'")),
            output("noexec", "size=8192k")),
        row(
            "dockerSecurityOptions",
            app("'dockerSecurityOptions': ['no-new-privileges']"),
            at("/HostConfig/SecurityOpt", "['no-new-privileges']")),
        row(
            "systemControls",
            app(
                "'systemControls': [{'namespace': 'net.core.somaxconn', 'value': '321'}], "
                    + script("cat /proc/sys/net/core/somaxconn")),
            output("321")),
        row(
            "pidMode host",
            task("'pidMode': 'host'", container("app", "")),
            at("/HostConfig/PidMode", "'host'")),
        row(
            "pidMode task",
            task(
                "'pidMode': 'task'",
                container("other", "'command': ['sleep', '611']"),
                container(
                    "app",
                    script("ps | grep -o 'sleep 611' | head -n 1; ps | grep -o '/[h]older'"))),
            output("sleep 611", "/holder")),
        row(
            "ipcMode task",
            task(
                "'ipcMode': 'task'",
                container("other", script("readlink /proc/self/ns/ipc")),
                container("app", script("readlink /proc/self/ns/ipc"))),
            task -> assertThat(task.output("app")).isEqualTo(task.output("other"))),
        row(
            "sharedMemorySize with ipcMode task",
            task(
                "'ipcMode': 'task'",
                container("other", "'linuxParameters': {'sharedMemorySize': 8}"),
                container(
                    "app",
                    "'linuxParameters': {'sharedMemorySize': 16}, "
                        + script("df -k /dev/shm | tail -n 1 | tr -s ' ' | cut -d' ' -f2"))),
            output("16384")),
        row(
            "ipcMode none",
            task("'ipcMode': 'none'", container("app", "")),
            at("/HostConfig/IpcMode", "'none'")));
  }

  static Stream<Row> networkRows() {
    return Stream.of(
        row(
            "portMappings dynamic",
            app(
                "'portMappings': [{'containerPort': 80}, {'containerPort': 53, 'hostPort': 0,"
                    + " 'protocol': 'udp'}]"),
            task -> {
              var bindings = task.snapshot("app").bindings();
              assertThat(bindings)
                  .anyMatch(b -> b.containerPort() == 80 && b.protocol() == Protocol.TCP)
                  .anyMatch(b -> b.containerPort() == 53 && b.protocol() == Protocol.UDP)
                  .allMatch(b -> b.hostPort() > 1024);
            }),
        row(
            "portMappings fixed",
            app("'portMappings': [{'containerPort': 80, 'hostPort': 48213, 'protocol': 'tcp'}]"),
            at("/NetworkSettings/Ports/80~1tcp/0/HostPort", "'48213'")),
        row(
            "portMappings range",
            app("'portMappings': [{'containerPortRange': '7000-7002'}]"),
            task ->
                assertThat(task.snapshot("app").bindings())
                    .extracting(b -> b.containerPort())
                    .contains(7000, 7001, 7002)),
        row(
            "links",
            task(
                "",
                container("db", "'command': ['httpd', '-f', '-p', '5432', '-h', '/etc']"),
                container(
                    "app",
                    "'links': ['db:database'], "
                        + script(
                            "until echo GET /passwd HTTP/1.0 | nc -w 2 database 5432 | grep -o ^root; do sleep 0.1; done"))),
            output("root")),
        row(
            "extraHosts",
            app(
                "'extraHosts': [{'hostname': 'far', 'ipAddress': '10.1.2.3'}], "
                    + script("grep far /etc/hosts | cut -f 1")),
            output("10.1.2.3")),
        row(
            "dnsServers and dnsSearchDomains",
            app(
                "'dnsServers': ['10.9.8.7'], 'dnsSearchDomains': ['in.example'], "
                    + script("grep -v '^#' /etc/resolv.conf | sort")),
            output("nameserver 10.9.8.7", "search in.example")),
        row(
            "disableNetworking",
            app("'disableNetworking': true"),
            at("/HostConfig/NetworkMode", "'none'")),
        row(
            "networkMode bridge",
            task("'networkMode': 'bridge'", container("app", "")),
            at("/HostConfig/NetworkMode", "'bridge'")),
        row(
            "networkMode host",
            task(
                "'networkMode': 'host'",
                container("app", "'portMappings': [{'containerPort': 48214}]")),
            at("/HostConfig/NetworkMode", "'host'")),
        row(
            "networkMode none",
            task("'networkMode': 'none'", container("app", script("ls /sys/class/net"))),
            output("lo")),
        row(
            "networkMode awsvpc",
            task(
                "'networkMode': 'awsvpc'",
                container(
                    "web",
                    "'hostname': 'task-box', 'extraHosts': [{'hostname': 'far',"
                        + " 'ipAddress': '10.1.2.3'}], 'portMappings': [{'containerPort': 5432}],"
                        + " 'command': ['httpd', '-f', '-p', '5432', '-h', '/etc']"),
                container(
                    "app",
                    script(
                        "until echo GET /passwd HTTP/1.0 | nc -w 2 localhost 5432 | grep -o ^root; do sleep 0.1; done;"
                            + " hostname; grep -o '10.1.2.3' /etc/hosts;"
                            + " ip -4 -o addr show eth0 | grep -o 'inet [0-9.]*'"))),
            task -> {
              String address = task.holder().orElseThrow().ipv4Address();
              assertThat(task.output("app"))
                  .containsExactly("root", "task-box", "10.1.2.3", "inet " + address);
            }));
  }

  static Stream<Row> storageRows() {
    return Stream.of(
        row(
            "host volume",
            task(
                "'volumes': [{'name': 'v', 'host': {'sourcePath': '/tmp/berth-fields-test'}}]",
                container("app", mount("v", true))),
            at("/HostConfig/Binds", "['/tmp/berth-fields-test:/mnt:ro']")),
        row(
            "volume without a path",
            task(
                "'volumes': [{'name': 'v', 'host': {}}]",
                container("writer", mount("v", false) + ", " + script("echo hello > /mnt/f")),
                container(
                    "app",
                    mount("v", true)
                        + ", "
                        + script(
                            "until [ -s /mnt/f ]; do sleep 0.1; done; cat /mnt/f;"
                                + " touch /mnt/g 2>/dev/null || echo no"))),
            output("hello", "no")),
        row(
            "dockerVolumeConfiguration of the task",
            task(
                "'volumes': [{'name': 'v', 'dockerVolumeConfiguration': {'scope': 'task',"
                    + " 'driver': 'local', 'driverOpts': {'type': 'tmpfs', 'device': 'tmpfs',"
                    + " 'o': 'size=4m'}, 'labels': {'color': 'red'}}}]",
                container(
                    "app",
                    mount("v", false)
                        + ", "
                        + script("grep ' /mnt ' /proc/mounts | cut -d ' ' -f 1,3"))),
            task -> {
              JsonNode volume = task.inspectVolume("berth-" + task.taskId() + "-v");
              assertThat(volume.at("/Labels/color").asText()).isEqualTo("red");
              assertThat(volume.at("/Options/o").asText()).isEqualTo("size=4m");
              assertThat(volume.at("/Driver").asText()).isEqualTo("local");
              assertThat(task.output("app")).containsExactly("tmpfs tmpfs");
            }),
        row(
            "dockerVolumeConfiguration shared",
            task(
                "'volumes': [{'name': 'berth-fields-shared', 'dockerVolumeConfiguration':"
                    + " {'scope': 'shared', 'autoprovision': true}}]",
                container("app", mount("berth-fields-shared", false))),
            task ->
                assertThat(task.inspect("app").at("/Mounts/0/Name").asText())
                    .isEqualTo("berth-fields-shared")),
        row(
            "volumesFrom",
            task(
                "'volumes': [{'name': 'v', 'host': {}}]",
                container("data", mount("v", false) + ", " + script("echo here > /mnt/f")),
                container(
                    "app",
                    "'volumesFrom': [{'sourceContainer': 'data', 'readOnly': true}], "
                        + script(
                            "until [ -s /mnt/f ]; do sleep 0.1; done; cat /mnt/f;"
                                + " touch /mnt/g 2>/dev/null || echo no"))),
            output("here", "no")));
  }

  static Stream<Row> logRows() {
    return Stream.of(
        row(
            "logConfiguration json-file",
            app(
                "'logConfiguration': {'logDriver': 'json-file', 'options': {'max-size': '1m',"
                    + " 'labels': 'team'}}"),
            at(
                "/HostConfig/LogConfig",
                "{'Type': 'json-file', 'Config': {'max-size': '1m', 'labels': 'team'}}")),
        row(
            "logConfiguration none",
            app("'logConfiguration': {'logDriver': 'none'}"),
            at("/HostConfig/LogConfig/Type", "'none'")),
        row(
            "logConfiguration local",
            app("'logConfiguration': {'logDriver': 'local'}, " + script("echo kept")),
            output("kept")),
        row(
            "logConfiguration syslog",
            app(
                "'logConfiguration': {'logDriver': 'syslog', 'options': {'syslog-address':"
                    + " 'udp://127.0.0.1:48215', 'tag': 'web'}}"),
            at("/HostConfig/LogConfig/Config/tag", "'web'")),
        row(
            "logConfiguration awslogs",
            app(
                "'logConfiguration': {'logDriver': 'awslogs', 'options': {'awslogs-group':"
                    + " '/ecs/web'}}, "
                    + script("echo kept")),
            task -> {
              JsonNode inspected = task.inspect("app");
              assertThat(inspected.at("/HostConfig/LogConfig/Type").asText())
                  .isEqualTo("json-file");
              assertThat(inspected.at("/HostConfig/LogConfig/Config/max-file").asText())
                  .isEqualTo("3");
              assertThat(inspected.at("/Config/Labels/dev.berth.log-driver").asText())
                  .isEqualTo("awslogs");
              assertThat(inspected.at("/Config/Labels/dev.berth.log-option.awslogs-group").asText())
                  .isEqualTo("/ecs/web");
              assertThat(task.output("app")).containsExactly("kept");
            }),
        row(
            "logConfiguration awsfirelens",
            app(
                "'logConfiguration': {'logDriver': 'awsfirelens', 'options': {'Name':"
                    + " 'cloudwatch'}}, "
                    + script("echo kept")),
            output("kept")));
  }

  private static Row row(String field, String definition, Consumer<TaskOnDocker> check) {
    return new Row(field, definition, null, true, check);
  }

  private static Row row(
      String field, String definition, String overrides, Consumer<TaskOnDocker> check) {
    return new Row(field, definition, overrides, true, check);
  }

  private static String app(String members) {
    return task("", container("app", members));
  }

  private static String linux(String parameters, String members) {
    String comma = members.isEmpty() ? "" : ", ";
    return app("'linuxParameters': {" + parameters + "}" + comma + members);
  }

  private static String task(String members, String... containers) {
    String comma = members.isEmpty() ? "" : ", ";
    return "{'family': 'fields', 'revision': 1"
        + comma
        + members
        + ", 'containerDefinitions': ["
        + String.join(", ", containers)
        + "]}";
  }

  private static String container(String name, String members) {
    String comma = members.isEmpty() ? "" : ", ";
    return "{'name': '" + name + "', 'image': 'IMAGE'" + comma + members + "}";
  }

  private static String mount(String volume, boolean readOnly) {
    return "'mountPoints': [{'sourceVolume': '"
        + volume
        + "', 'containerPath': '/mnt', 'readOnly': "
        + readOnly
        + "}]";
  }

  /** A command in the shell; quotes in it are written so that JSON keeps them. */
  private static String script(String shell) {
    return "'command': ['sh', '-c', '" + shell.replace("'", "\\u0027") + "']";
  }

  private static Consumer<TaskOnDocker> at(String pointer, String expected) {
    return task -> assertThat(task.inspect("app").at(pointer)).isEqualTo(json(expected));
  }

  private static Consumer<TaskOnDocker> output(String... lines) {
    return task -> assertThat(task.output("app")).isEqualTo(List.of(lines));
  }

  private static void awaitHealth(TaskOnDocker task, ContainerHealth health) {
    await().atMost(PATIENCE).until(() -> task.snapshot("app").health() == health);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
