package dev.berth.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
public final class EcsCalls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final URI endpoint;
  private final AwsCredentialsIdentity credentials;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  public EcsCalls(String url, String accessKeyId, String secretAccessKey) {
    this.endpoint = URI.create(url + "/");
    this.credentials = AwsCredentialsIdentity.create(accessKeyId, secretAccessKey);
  }

  /** A signed request, as bytes that can be sent many times. */
  public byte[] signed(String operation, String json) {
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
    StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\n");
    signed
        .headers()
        .forEach(
            (name, values) ->
                values.forEach(
                    value -> head.append(name).append(": ").append(value).append("\r\n")));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n").append(json);
    return head.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** An unsigned request for a path. */
  byte[] get(String path) {
    return "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n"
        .formatted(path, endpoint.getAuthority())
        .getBytes(StandardCharsets.UTF_8);
  }

  public URI endpoint() {
    return endpoint;
  }

  /** Calls once, outside of any measurement; an error is an exception with ECS's words. */
  public JsonNode call(String operation, String json) throws IOException {
    try (HttpLine line = new HttpLine(endpoint)) {
      HttpLine.Answer answer = line.exchange(signed(operation, json));
      if (answer.status() != 200) {
        throw new IllegalStateException(
            operation + " answered " + answer.status() + ": " + answer.body());
      }
      return JSON.readTree(answer.body());
    }
  }
}
