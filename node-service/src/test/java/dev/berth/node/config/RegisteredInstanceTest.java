package dev.berth.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The container instance registered for a machine")
class RegisteredInstanceTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final String ARN =
      "arn:aws:ecs:us-east-1:000000000000:container-instance/default/" + ID;

  @Test
  void isNamedByItsArn() {
    assertThat(RegisteredInstance.id(ARN, "default")).isEqualTo(ID);
  }

  @Test
  void isOfTheNodesOwnCluster() {
    assertThatThrownBy(() -> RegisteredInstance.id(ARN, "other"))
        .hasMessageContaining("berth.node.cluster is other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ID,
        "arn:aws:ecs:us-east-1:000000000000:container-instance/" + ID,
        "arn:aws:ecs:us-east-1:000000000000:task/default/" + ID,
        "arn:aws:ecs:us-east-1:000000000000:container-instance/default/../../" + ID
      })
  void isNotNamedByAnythingElse(String text) {
    assertThatThrownBy(() -> RegisteredInstance.id(text, "default"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("berth.node.container-instance-arn");
  }
}
