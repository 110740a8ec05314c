package dev.berth.standalone.home;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void theDefaultsDoForAsManyNodesAsThereMayBe() {
    assertThat(Ports.DEFAULT.refusal(50)).isEmpty();
  }

  @Test
  void aPortOutOfRangeIsNamed() {
    assertThat(Ports.DEFAULT.withApi(65536).refusal(1))
        .contains("--api-port must be from 1 to 65535, not 65536");
    assertThat(Ports.DEFAULT.withPostgres(0).refusal(1))
        .contains("--postgres-port must be from 1 to 65535, not 0");
    assertThat(Ports.DEFAULT.withNode(65520).refusal(3))
        .contains("--node-port of node 3 must be from 1 to 65535, not 65540");
  }

  @Test
  void twoPartsCantHaveTheSamePort() {
    assertThat(Ports.DEFAULT.withLb(8080).refusal(1))
        .contains("--api-port and --lb-port can't both be 8080");
    assertThat(Ports.DEFAULT.withApi(8092).refusal(1)).isEmpty();
    assertThat(Ports.DEFAULT.withApi(8092).refusal(2))
        .contains("--api-port and --node-port of node 2 can't both be 8092");
  }
}
