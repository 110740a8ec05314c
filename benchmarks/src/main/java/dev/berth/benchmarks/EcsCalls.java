package dev.berth.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Requests of the ECS API, signed by the AWS SDK's signer before anything is timed. A signature
 * counts for five minutes and may be sent as often as one likes.
 */
final class EcsCalls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final URI endpoint;
  private final AwsCredentialsIdentity credentials;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  EcsCalls(String url, String accessKeyId, String secretAccessKey) {
    this.endpoint = URI.create(url + "/");
    this.credentials = AwsCredentialsIdentity.create(accessKeyId, secretAccessKey);
  }

  /** A signed request that can be sent many times. */
  HttpRequest signed(String operation, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest request =
        SdkHttpFullRequest.builder()
            .uri(endpoint)
            .method(SdkHttpMethod.POST)
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + operation)
            .build();
    SdkHttpRequest signed =
        signer
            .sign(
                signing ->
                    signing
                        .identity(credentials)
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ecs")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
            .request();
    HttpRequest.Builder http =
        HttpRequest.newBuilder(endpoint)
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (Map.Entry<String, List<String>> header : signed.headers().entrySet()) {
      // The client sets it by itself, to the same value.
      if (!header.getKey().toLowerCase(Locale.ROOT).equals("host")) {
        header.getValue().forEach(value -> http.header(header.getKey(), value));
      }
    }
    return http.build();
  }

  /** Calls once, outside of any measurement; an error is an exception with ECS's words. */
  JsonNode call(HttpClient client, String operation, String json)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(signed(operation, json), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          operation + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}
