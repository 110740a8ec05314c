package dev.berth.node.domain.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.Capabilities;
import dev.berth.contracts.taskdef.Attribute;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeOfferTest {
  private static final String CONTAINER =
      "{'family': 'f', 'revision': 1, 'containerDefinitions': [{'name': 'app', 'image': 'i', %s}]}";
  private static final String TASK =
      "{'family': 'f', 'revision': 1, %s, 'containerDefinitions': [{'name': 'app', 'image': 'i'}]}";

  private final NodeOffer strict = offer(HostPowerPolicy.none());
  private final NodeOffer generous = offer(HostPowerPolicy.all());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "privileged | 'privileged': true",
        "devices | 'linuxParameters': {'devices': [{'hostPath': '/dev/sda'}]}",
        "added-capabilities | 'linuxParameters': {'capabilities': {'add': ['SYS_ADMIN']}}",
        "added-capabilities | 'dockerSecurityOptions': ['apparmor=unconfined']",
        "added-capabilities | 'systemControls': [{'namespace': 'net.core.somaxconn', 'value': '1'}]"
      },
      quoteCharacter = '"')
  void refusesWhatAContainerMayNotDoToTheHost(String setting, String members) {
    assertRefused(setting, CONTAINER.replace("%s", members), "app");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host-network | 'networkMode': 'host'",
        "host-namespaces | 'pidMode': 'host'",
        "host-namespaces | 'ipcMode': 'host'",
        "host-mounts | 'volumes': [{'name': 'v', 'host': {'sourcePath': '/'}}]",
        "host-mounts | 'volumes': [{'name': 'v', 'dockerVolumeConfiguration': {'driverOpts':"
            + " {'type': 'none', 'o': 'bind', 'device': '/'}}}]"
      },
      quoteCharacter = '"')
  void refusesWhatATaskMayNotDoToTheHost(String setting, String members) {
    assertRefused(setting, TASK.replace("%s", members), "");
  }

  private void assertRefused(String setting, String definition, String subject) {
    var task = AssignedTasks.task(definition);
    assertThat(strict.refusals(task))
        .singleElement()
        .asString()
        .contains("berth.node.docker.host-power." + setting)
        .contains(subject);
    assertThat(generous.refusals(task)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secrets | 'secrets': [{'name': 'A', 'valueFrom': 'b'}]",
        "env-files | 'environmentFiles': [{'value': 'arn', 'type': 's3'}]",
        "private-registry | 'repositoryCredentials': {'credentialsParameter': 'x'}",
        "logging-driver.splunk | 'logConfiguration': {'logDriver': 'splunk'}",
        "volume data | 'mountPoints': [{'sourceVolume': 'data', 'containerPath': '/x'}]",
        "other | 'volumesFrom': [{'sourceContainer': 'other'}]"
      },
      quoteCharacter = '"')
  void refusesWhatItCannotDo(String named, String members) {
    assertThat(generous.refusals(AssignedTasks.task(CONTAINER.replace("%s", members))))
        .singleElement()
        .asString()
        .contains(named);
  }

  @Test
  void runsAnOrdinaryTaskWhateverThePolicy() {
    var task =
        AssignedTasks.task(
            CONTAINER.replace(
                "%s",
                "'logConfiguration': {'logDriver': 'awslogs'}, 'user': '1',"
                    + " 'linuxParameters': {'capabilities': {'drop': ['ALL']}}"));
    assertThat(strict.refusals(task)).isEmpty();
  }

  @Test
  void offersByAttributesWhatItWouldNotRefuse() {
    assertThat(strict.attributes())
        .extracting(Attribute::name)
        .contains(
            Capabilities.TASK_ENI,
            Capabilities.LOGGING_DRIVER + "awslogs",
            Capabilities.LOGGING_DRIVER + "awsfirelens",
            Capabilities.LOGGING_DRIVER + "json-file",
            Capabilities.LOGGING_DRIVER + "none")
        .doesNotContain(Capabilities.PRIVILEGED, Capabilities.HOST_MOUNTS)
        .doesNotHaveDuplicates();
    assertThat(strict.attributes()).contains(Attribute.of(Capabilities.CPU_ARCHITECTURE, "arm64"));
    assertThat(generous.attributes())
        .extracting(Attribute::name)
        .containsAll(HostPowerPolicy.all().attributes());
  }

  private static NodeOffer offer(HostPowerPolicy power) {
    EngineInfo engine =
        new EngineInfo(
            "20.10", "1.41", "aarch64", "Linux", 2, 1, List.of("json-file"), List.of(), true);
    return NodeOffer.of(power, false, engine);
  }
}
