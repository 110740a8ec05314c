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
          {"containerDefinitions":[{"secrets":[{"name":"A","valueFrom":"b"}]}]}           ; ecs.capability.secrets.ssm.environment-variables
          {"containerDefinitions":[{"secrets":[{"name":"A","valueFrom":"arn:aws:secretsmanager:us-east-1:0:secret:b"}]}]} ; ecs.capability.secrets.asm.environment-variables
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

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          {"taskRoleArn":"arn:aws:iam::0:role/web"}                                 ; com.amazonaws.ecs.capability.task-iam-role
          {"pidMode":"task"}                                                        ; ecs.capability.pid-ipc-namespace-sharing
          {"containerDefinitions":[{"image":"000000000000.dkr.ecr.us-east-1.amazonaws.com/web:1"}]} ; com.amazonaws.ecs.capability.ecr-auth
          {"executionRoleArn":"arn:aws:iam::0:role/x","containerDefinitions":[{"image":"000000000000.dkr.ecr.us-east-1.amazonaws.com/web:1"}]} ; ecs.capability.execution-role-ecr-pull
          {"executionRoleArn":"arn:aws:iam::0:role/x","containerDefinitions":[{"logConfiguration":{"logDriver":"awslogs"}}]} ; ecs.capability.execution-role-awslogs
          {"containerDefinitions":[{"logConfiguration":{"logDriver":"awslogs"}}]}   ; com.amazonaws.ecs.capability.docker-remote-api.1.19
          {"containerDefinitions":[{"healthCheck":{"command":["CMD","true"]}}]}     ; ecs.capability.container-health-check
          {"containerDefinitions":[{"dependsOn":[{"containerName":"a","condition":"START"}]}]} ; ecs.capability.container-ordering
          {"containerDefinitions":[{"firelensConfiguration":{"type":"fluentbit"}}]} ; ecs.capability.firelens.fluentbit
          {"containerDefinitions":[{"portMappings":[{"containerPortRange":"80-90"}]}]} ; ecs.capability.network.container-port-range
          {"containerDefinitions":[{"restartPolicy":{"enabled":true}}]}             ; ecs.capability.container-restart-policy
          {"volumes":[{"name":"a","dockerVolumeConfiguration":{"driver":"local"}}]} ; ecs.capability.docker-plugin.local
          """)
  void whatEveryNodeHasIsShownAndNotNeededOfOne(String definition, String capability) {
    TaskDefinition parsed =
        EventJson.read(
            definition.getBytes(java.nio.charset.StandardCharsets.UTF_8), TaskDefinition.class);

    assertThat(Capabilities.shownOf(parsed)).contains(Attribute.of(capability));
    assertThat(Capabilities.requiredBy(parsed)).doesNotContain(Attribute.of(capability));
    assertThat(Capabilities.isOfEveryNode(capability)).isTrue();
    assertThat(Capabilities.ofEveryNode()).contains(Attribute.of(capability));
  }
}
