package dev.berth.api.adapter.aws;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls of the AWS wire with any body at all. */
final class WireCalls {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;

  WireCalls(URI endpoint) {
    this.endpoint = endpoint;
  }

  HttpResponse<String> ecs(String operation, byte[] body) {
    try {
      return http.send(
          HttpRequest.newBuilder(endpoint)
              .header("Authorization", "Bearer test-admin-token")
              .header("Content-Type", "application/x-amz-json-1.1")
              .header("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + operation)
              .timeout(Duration.ofSeconds(30))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(operation + " got no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
