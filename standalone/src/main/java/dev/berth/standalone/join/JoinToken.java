package dev.berth.standalone.join;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a further machine needs to be part of an installation. It holds secrets: who has it can act
 * as a node.
 *
 * @param kafkaBootstrapServers where that machine reaches Kafka
 * @param kafkaSecurity Kafka client properties, such as {@code security.protocol}
 * @param installationId of the installation to join
 * @param nodeToken what api-service shows when it asks the node for logs
 */
public record JoinToken(
    String kafkaBootstrapServers,
    Map<String, String> kafkaSecurity,
    String installationId,
    String nodeToken) {
  private static final JsonMapper JSON = new JsonMapper();

  public JoinToken {
    kafkaSecurity = Map.copyOf(kafkaSecurity);
  }

  /** One line without blanks. */
  public String encode() {
    try {
      JoinToken sorted =
          new JoinToken(
              kafkaBootstrapServers, new TreeMap<>(kafkaSecurity), installationId, nodeToken);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(sorted));
    } catch (IOException e) {
      throw new UncheckedIOException("The join token can't be written", e);
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it is something else; the message says what to do
   */
  public static JoinToken decode(String text) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(text.strip().getBytes(StandardCharsets.US_ASCII));
      JoinToken token = JSON.readValue(json, JoinToken.class);
      if (token.kafkaBootstrapServers() == null
          || token.installationId() == null
          || token.nodeToken() == null) {
        throw new IllegalArgumentException("members are missing");
      }
      return token;
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      throw new IllegalArgumentException(
          "This is not a join token; `./berth token` on the first machine prints one", e);
    }
  }
}
