package dev.berth.e2e.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.e2e.BerthSuite;
import dev.berth.standalone.demo.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** An access key that allows some actions only; it is gone at the end. */
public record RestrictedKey(BerthSuite suite, String id, String secret) implements AutoCloseable {
  /** Makes one that allows what fits these patterns, such as {@code ecs:List*}. */
  public static RestrictedKey allowing(BerthSuite suite, String... actions) {
    try {
      JsonNode key =
          suite
              .api()
              .post(
                  "/v1/access-keys",
                  ApiClient.json()
                      .readTree(
                          """
                          {"userName": "reader", "policy": {"Version": "2012-10-17", "Statement": [
                            {"Effect": "Allow", "Action": ["%s"], "Resource": "*"}]}}
                          """
                              .formatted(String.join("\", \"", actions))));
      return new RestrictedKey(
          suite, key.path("accessKeyId").asText(), key.path("secretAccessKey").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It, for a client of the SDK. */
  public StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
  }

  @Override
  public void close() {
    suite.api().delete("/v1/access-keys/" + id);
  }
}
