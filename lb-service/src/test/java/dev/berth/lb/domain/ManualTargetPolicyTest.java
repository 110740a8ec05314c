package dev.berth.lb.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManualTargetPolicyTest {
  private final ManualTargetPolicy policy = new ManualTargetPolicy(false, Set.of(9092));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1.2.3",
        "0.0.0.0",
        "0177.0.0.1",
        "::1",
        "::",
        "0:0:0:0:0:0:0:1",
        "::ffff:127.0.0.1",
        "0:0:0:0:0:ffff:7f00:1",
        "169.254.169.254",
        "fe80::1",
        "localhost",
        "2130706433",
        "0x7f.1",
        ""
      })
  void refusesThisMachineInEveryWriting(String host) {
    assertThat(policy.refusal(host, 80)).isPresent();
  }

  @Test
  void refusesTheControlPlanesPorts() {
    assertThat(policy.refusal("10.0.0.7", 9092)).get().asString().contains("9092");
    assertThat(policy.refusal("10.0.0.7", 0)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.7", "192.168.1.20", "2001:db8::7"})
  void takesOtherMachines(String host) {
    assertThat(policy.refusal(host, 80)).isEmpty();
  }

  @Test
  void refusesTheControlPlaneAlsoWhereThisMachineIsAllowed() {
    ManualTargetPolicy allowing = new ManualTargetPolicy(true, Set.of(9092));

    assertThat(allowing.refusal("127.0.0.1", 9092)).get().asString().contains("control plane");
    assertThat(allowing.refusal("localhost", 9092)).isPresent();
    assertThat(allowing.refusal("127.0.0.1", 9093)).isEmpty();
  }

  @Test
  void takesThisMachineWhereItsOwnerAllowsIt() {
    assertThat(new ManualTargetPolicy(true, Set.of()).refusal("127.0.0.1", 80)).isEmpty();
  }
}
