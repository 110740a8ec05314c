package dev.berth.api.testing;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Clients of the AWS SDK that call the service under test. */
public final class AwsClients {
  /** The administrator's key that tests configure. */
  public static final String ACCESS_KEY_ID = "BERTHTESTADMINISTRAT";

  public static final String SECRET_ACCESS_KEY = "test-secret-of-the-administrator-0123456";

  private AwsClients() {}

  /** A client of Amazon ECS. */
  public static EcsClient ecs(URI endpoint) {
    return of(EcsClient.builder(), endpoint);
  }

  /**
   * Any client, once the service is ready: without retries, so that a test sees the first answer.
   */
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C of(
      B builder, URI endpoint) {
    return of(
        builder,
        endpoint,
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(ACCESS_KEY_ID, SECRET_ACCESS_KEY)));
  }

  /** Any client with credentials of its own. */
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C of(
      B builder, URI endpoint, AwsCredentialsProvider credentials) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> given().get(endpoint.resolve("/q/health/ready")).statusCode() == 200);
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(
            configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }
}
