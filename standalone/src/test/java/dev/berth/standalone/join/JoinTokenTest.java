package dev.berth.standalone.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinTokenTest {
  private static final JoinToken TOKEN =
      new JoinToken(
          "10.0.0.1:19093",
          Map.of("security.protocol", "SASL_SSL", "ssl.truststore.certificates", "line\nline\n"),
          "berth-0123",
          "secret");

  @Test
  void isOneLineThatReadsBackAsItWas() {
    String line = TOKEN.encode();
    assertThat(line).matches("[A-Za-z0-9_-]+");
    assertThat(JoinToken.decode(" " + line + "\n")).isEqualTo(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not base64!", "bm90IGpzb24", "e30"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> JoinToken.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("./berth token");
  }

  @Test
  void refusesATokenWithoutItsSecret() {
    String incomplete =
        Base64.getUrlEncoder()
            .encodeToString(
                "{\"kafkaBootstrapServers\":\"a:1\",\"kafkaSecurity\":{},\"installationId\":\"b\"}"
                    .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> JoinToken.decode(incomplete))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
