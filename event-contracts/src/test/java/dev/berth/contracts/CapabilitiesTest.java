package dev.berth.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.TaskDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapabilitiesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          {"networkMode":"awsvpc"}                                                        ; ecs.capability.task-eni
          {"networkMode":"host"}                                                          ; berth.capability.host-network
          {"pidMode":"host"}                                                              ; berth.capability.host-namespaces
          {"containerDefinitions":[{"privileged":true}]}                                  ; com.amazonaws.ecs.capability.privileged-container
          {"containerDefinitions":[{"secrets":[{"name":"A","valueFrom":"b"}]}]}           ; berth.capability.secrets
          {"containerDefinitions":[{"logConfiguration":{"logDriver":"awslogs"}}]}         ; com.amazonaws.ecs.capability.logging-driver.awslogs
          {"containerDefinitions":[{"linuxParameters":{"capabilities":{"add":["ALL"]}}}]} ; berth.capability.added-capabilities
          {"containerDefinitions":[{"linuxParameters":{"devices":[{"hostPath":"/dev/x"}]}}]} ; berth.capability.devices
          {"volumes":[{"name":"a","host":{"sourcePath":"/srv"}}]}                         ; berth.capability.host-mounts
          {"volumes":[{"name":"a","dockerVolumeConfiguration":{"driverOpts":{"type":"none","device":"/etc"}}}]} ; berth.capability.host-mounts
          {"volumes":[{"name":"a","efsVolumeConfiguration":{"fileSystemId":"fs-1"}}]}     ; ecs.capability.efs
          """)
  void aDefinitionNeedsWhatItUses(String definition, String capability) {
    TaskDefinition parsed =
        EventJson.read(
            definition.getBytes(java.nio.charset.StandardCharsets.UTF_8), TaskDefinition.class);

    assertThat(Capabilities.requiredBy(parsed)).containsExactly(Attribute.of(capability));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          {"containerDefinitions":[{"name":"a","image":"b"}]}
          {"volumes":[{"name":"scratch"}]}
          {"containerDefinitions":[{"linuxParameters":{"capabilities":{"drop":["NET_RAW"]}}}]}
          """)
  void aPlainDefinitionNeedsNothing(String definition) {
    TaskDefinition parsed =
        EventJson.read(
            definition.getBytes(java.nio.charset.StandardCharsets.UTF_8), TaskDefinition.class);

    assertThat(Capabilities.requiredBy(parsed)).isEmpty();
  }
}
