package dev.berth.api.domain.taskdefinition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.domain.problem.FieldError;
import dev.berth.contracts.EventJson;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One line per rule: the members of a task definition, and which of them is named as wrong. */
class TaskDefinitionRulesTest {
  private static final ObjectMapper MAPPER = EventJson.newMapper();
  private static final String C0 = "containerDefinitions[0]";

  @Test
  void aUsualTaskDefinitionIsRight() {
    assertThat(
            wrong(
                """
                {'family': 'web', 'networkMode': 'bridge', 'cpu': '1 vCPU', 'memory': '1 GB',
                 'volumes': [{'name': 'data', 'host': {'sourcePath': '/srv'}}],
                 'containerDefinitions': [
                   {'name': 'init', 'image': 'i:1', 'memory': 32, 'essential': false},
                   {'name': 'web', 'image': 'r.example:5000/w@sha256:0a', 'memory': 256, 'memoryReservation': 128,
                    'cpu': 256, 'links': ['init:alias'], 'dependsOn': [{'containerName': 'init', 'condition': 'SUCCESS'}],
                    'portMappings': [{'containerPort': 80, 'hostPort': 0}, {'containerPort': 53, 'protocol': 'udp', 'hostPort': 53}],
                    'mountPoints': [{'sourceVolume': 'data', 'containerPath': '/data'}],
                    'ulimits': [{'name': 'nofile', 'softLimit': 10, 'hardLimit': 20}],
                    'healthCheck': {'command': ['CMD-SHELL', 'true'], 'interval': 5, 'timeout': 2, 'retries': 1},
                    'stopTimeout': 5, 'startTimeout': 30}]}
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bridge", "awsvpc"})
  void aRangeOfPortsIsRight(String networkMode) {
    assertThat(
            wrong(
                """
                {'family': 'media', 'networkMode': '%s', 'containerDefinitions': [
                  {'name': 'media', 'image': 'm:1', 'memory': 64,
                   'portMappings': [{'containerPortRange': '7000-7099', 'protocol': 'udp'},
                                    {'containerPort': 7000}]}]}
                """
                    .formatted(networkMode)))
        .isEmpty();
  }

  static Stream<Arguments> containers() {
    return Stream.of(
        container("'image': 'i', 'memory': 64", C0 + ".name"),
        container("'name': 'a b', 'image': 'i', 'memory': 64", C0 + ".name"),
        container("'name': '" + "n".repeat(256) + "', 'image': 'i', 'memory': 64", C0 + ".name"),
        container("'name': 'a', 'memory': 64", C0 + ".image"),
        container("'name': 'a', 'image': 'i j', 'memory': 64", C0 + ".image"),
        container("'name': 'a', 'image': 'i'", C0 + ".memory"),
        container("'name': 'a', 'image': 'i', 'memory': 5", C0 + ".memory"),
        container(
            "'name': 'a', 'image': 'i', 'memory': 64, 'memoryReservation': 65",
            C0 + ".memoryReservation"),
        valid("'cpu': -1", C0 + ".cpu"),
        valid("'startTimeout': 1", C0 + ".startTimeout"),
        valid("'stopTimeout': -1", C0 + ".stopTimeout"),
        valid("'workingDirectory': 'tmp'", C0 + ".workingDirectory"),
        valid("'essential': false", "containerDefinitions"),
        valid("'links': ['b']", C0 + ".links[0]"),
        valid("'links': ['a']", C0 + ".links[0]"),
        valid("'volumesFrom': [{'sourceContainer': 'b'}]", C0 + ".volumesFrom[0].sourceContainer"),
        valid(
            "'dependsOn': [{'containerName': 'b', 'condition': 'START'}]",
            C0 + ".dependsOn[0].containerName"),
        valid(
            "'dependsOn': [{'containerName': 'a', 'condition': 'START'}]",
            C0 + ".dependsOn[0].containerName"),
        valid("'dependsOn': [{'containerName': 'b'}]", C0 + ".dependsOn[0].condition"),
        valid("'portMappings': [{'hostPort': 80}]", C0 + ".portMappings[0].containerPort"),
        valid("'portMappings': [{'containerPort': 0}]", C0 + ".portMappings[0].containerPort"),
        valid("'portMappings': [{'containerPort': 65536}]", C0 + ".portMappings[0].containerPort"),
        valid(
            "'portMappings': [{'containerPort': 80, 'hostPort': 65536}]",
            C0 + ".portMappings[0].hostPort"),
        valid(
            "'portMappings': [{'containerPort': 80, 'hostPort': 80}, {'containerPort': 81, 'hostPort': 80}]",
            C0 + ".portMappings[1].hostPort"),
        valid(
            "'portMappings': [{'containerPortRange': '80'}]",
            C0 + ".portMappings[0].containerPortRange"),
        valid(
            "'portMappings': [{'containerPortRange': '90-80'}]",
            C0 + ".portMappings[0].containerPortRange"),
        valid(
            "'portMappings': [{'containerPortRange': '0-80'}]",
            C0 + ".portMappings[0].containerPortRange"),
        valid(
            "'portMappings': [{'containerPortRange': '65500-65536'}]",
            C0 + ".portMappings[0].containerPortRange"),
        valid(
            "'portMappings': [{'containerPortRange': '7000-7100'}]",
            C0 + ".portMappings[0].containerPortRange"),
        valid(
            "'portMappings': [{'containerPortRange': '80-90', 'containerPort': 80}]",
            C0 + ".portMappings[0].containerPortRange"),
        valid(
            "'portMappings': [{'containerPortRange': '80-90', 'hostPort': 80}]",
            C0 + ".portMappings[0].containerPortRange"),
        valid(
            "'mountPoints': [{'sourceVolume': 'v', 'containerPath': '/v'}]",
            C0 + ".mountPoints[0].sourceVolume"),
        valid("'environment': [{'name': 'A=B', 'value': 'c'}]", C0 + ".environment[0].name"),
        valid("'environment': [{'value': 'c'}]", C0 + ".environment[0].name"),
        valid("'healthCheck': {}", C0 + ".healthCheck.command"),
        valid("'healthCheck': {'command': ['CMD']}", C0 + ".healthCheck.command"),
        valid("'healthCheck': {'command': ['curl', 'x']}", C0 + ".healthCheck.command[0]"),
        valid(
            "'healthCheck': {'command': ['CMD', 'x'], 'interval': 4}",
            C0 + ".healthCheck.interval"),
        valid(
            "'healthCheck': {'command': ['CMD', 'x'], 'timeout': 1}", C0 + ".healthCheck.timeout"),
        valid(
            "'healthCheck': {'command': ['CMD', 'x'], 'retries': 11}", C0 + ".healthCheck.retries"),
        valid(
            "'healthCheck': {'command': ['CMD', 'x'], 'startPeriod': 301}",
            C0 + ".healthCheck.startPeriod"),
        valid(
            "'ulimits': [{'name': 'files', 'softLimit': 1, 'hardLimit': 1}]",
            C0 + ".ulimits[0].name"),
        valid(
            "'ulimits': [{'name': 'nofile', 'softLimit': 2, 'hardLimit': 1}]",
            C0 + ".ulimits[0].softLimit"),
        valid("'ulimits': [{'name': 'nofile', 'softLimit': 2}]", C0 + ".ulimits[0].hardLimit"),
        valid(
            "'linuxParameters': {'tmpfs': [{'containerPath': '/t'}]}",
            C0 + ".linuxParameters.tmpfs[0].size"),
        valid("'linuxParameters': {'swappiness': 101}", C0 + ".linuxParameters.swappiness"),
        valid("'secrets': [{'name': 'A'}]", C0 + ".secrets[0].valueFrom"),
        valid(
            "'resourceRequirements': [{'type': 'GPU', 'value': 'all'}]",
            C0 + ".resourceRequirements[0].value"),
        valid(
            "'restartPolicy': {'enabled': true, 'restartAttemptPeriod': 5}",
            C0 + ".restartPolicy.restartAttemptPeriod"),
        valid("'logConfiguration': {}", C0 + ".logConfiguration.logDriver"));
  }

  @ParameterizedTest
  @MethodSource("containers")
  void eachRuleOfAContainerNamesItsField(String container, String field) {
    assertThat(wrong("{'family': 'f', 'containerDefinitions': [{" + container + "}]}"))
        .contains(field);
  }

  static Stream<Arguments> definitions() {
    String one = "'containerDefinitions': [{'name': 'a', 'image': 'i', 'memory': 64";
    return Stream.of(
        Arguments.of("'family': 'f'", "containerDefinitions"),
        Arguments.of(one + "}]", "family"),
        Arguments.of("'family': 'a.b', " + one + "}]", "family"),
        Arguments.of("'family': 'f', 'cpu': 'fast', " + one + "}]", "cpu"),
        Arguments.of("'family': 'f', 'cpu': '64', " + one + "}]", "cpu"),
        Arguments.of("'family': 'f', 'cpu': '128', " + one + ", 'cpu': 256}]", "cpu"),
        Arguments.of("'family': 'f', 'memory': 'much', " + one + "}]", "memory"),
        Arguments.of("'family': 'f', 'memory': '32', " + one + "}]", "memory"),
        Arguments.of("'family': 'f', 'pidMode': 'x', " + one + "}]", "pidMode"),
        Arguments.of("'family': 'f', 'ipcMode': 'x', " + one + "}]", "ipcMode"),
        Arguments.of(
            "'family': 'f', 'requiresCompatibilities': ['MOON'], " + one + "}]",
            "requiresCompatibilities[0]"),
        Arguments.of(
            "'family': 'f', 'runtimePlatform': {'cpuArchitecture': 'Z80'}, " + one + "}]",
            "runtimePlatform.cpuArchitecture"),
        Arguments.of(
            "'family': 'f', 'ephemeralStorage': {'sizeInGiB': 5}, " + one + "}]",
            "ephemeralStorage.sizeInGiB"),
        Arguments.of(
            "'family': 'f', 'placementConstraints': [{'type': 'distinctInstance'}], " + one + "}]",
            "placementConstraints[0].type"),
        Arguments.of(
            "'family': 'f', 'volumes': [{'name': 'v'}, {'name': 'v'}], " + one + "}]",
            "volumes[1].name"),
        Arguments.of("'family': 'f', 'volumes': [{}], " + one + "}]", "volumes[0].name"),
        Arguments.of(
            "'family': 'f', 'tags': [{'key': 'aws:x', 'value': 'v'}], " + one + "}]",
            "tags[0].key"),
        Arguments.of(
            "'family': 'f', 'networkMode': 'host', "
                + one
                + ", 'portMappings': [{'containerPort': 80, 'hostPort': 81}]}]",
            C0 + ".portMappings[0].hostPort"),
        Arguments.of(
            "'family': 'f', 'networkMode': 'host', "
                + one
                + ", 'portMappings': [{'containerPortRange': '80-90'}]}]",
            C0 + ".portMappings[0].containerPortRange"),
        Arguments.of(
            "'family': 'f', 'networkMode': 'awsvpc', "
                + one
                + ", 'portMappings': [{'containerPort': 85}, {'containerPortRange': '80-90'}]}]",
            C0 + ".portMappings[1].containerPortRange"),
        Arguments.of(
            "'family': 'f', 'networkMode': 'awsvpc', " + one + ", 'links': ['b']}]", C0 + ".links"),
        Arguments.of(
            "'family': 'f', 'networkMode': 'awsvpc', " + one + ", 'hostname': 'h'}]",
            C0 + ".hostname"),
        Arguments.of(
            "'family': 'f', 'networkMode': 'none', "
                + one
                + ", 'portMappings': [{'containerPort': 80}]}]",
            C0 + ".portMappings"),
        Arguments.of(
            "'family': 'f', "
                + one
                + "}, {'name': 'b', 'image': 'i', 'memory': 64, 'essential': true,"
                + " 'dependsOn': [{'containerName': 'a', 'condition': 'COMPLETE'}]}]",
            "containerDefinitions[1].dependsOn[0].condition"),
        Arguments.of(
            "'family': 'f', "
                + one
                + "}, {'name': 'b', 'image': 'i', 'memory': 64,"
                + " 'dependsOn': [{'containerName': 'a', 'condition': 'HEALTHY'}]}]",
            "containerDefinitions[1].dependsOn[0].condition"),
        Arguments.of(
            "'family': 'f', "
                + one
                + "}"
                + ", {'name': 'b', 'image': 'i', 'memory': 64, 'essential': false}".repeat(10)
                + "]",
            "containerDefinitions"));
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void eachRuleOfATaskDefinitionNamesItsField(String members, String field) {
    assertThat(wrong("{" + members + "}")).contains(field);
  }

  @Test
  void aCircleOfContainersIsSeenAcrossItsKinds() {
    assertThat(
            wrong(
                """
                {'family': 'f', 'containerDefinitions': [
                  {'name': 'a', 'image': 'i', 'memory': 64, 'links': ['b']},
                  {'name': 'b', 'image': 'i', 'memory': 64, 'volumesFrom': [{'sourceContainer': 'c'}]},
                  {'name': 'c', 'image': 'i', 'memory': 64, 'dependsOn': [{'containerName': 'a', 'condition': 'START'}]}]}
                """))
        .containsExactly("containerDefinitions");
  }

  private static Arguments container(String members, String field) {
    return Arguments.of(members, field);
  }

  private static Arguments valid(String more, String field) {
    return Arguments.of("'name': 'a', 'image': 'i', 'memory': 64, " + more, field);
  }

  private static java.util.List<String> wrong(String json) {
    try {
      TaskDefinitionRequest request =
          MAPPER.readValue(json.replace('\'', '"'), TaskDefinitionRequest.class);
      return TaskDefinitionRules.check(request).errors().stream().map(FieldError::field).toList();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
