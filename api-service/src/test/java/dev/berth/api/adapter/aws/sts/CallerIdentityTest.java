package dev.berth.api.adapter.aws.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.testing.AwsClients;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class CallerIdentityTest {
  @TestHTTPResource("/")
  URI endpoint;

  @Test
  void whoCallsIsTold() {
    try (StsClient sts = AwsClients.of(StsClient.builder(), endpoint)) {
      GetCallerIdentityResponse identity = sts.getCallerIdentity();

      assertThat(identity.account()).isEqualTo("000000000000");
      assertThat(identity.arn()).startsWith("arn:aws:iam::000000000000:");
      assertThat(identity.userId()).isNotBlank();
    }
  }

  @Test
  void whoHasNoKeyIsNotTold() {
    try (StsClient sts =
        AwsClients.of(
            StsClient.builder(),
            endpoint,
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIANOBODY", "x")))) {
      assertThatThrownBy(sts::getCallerIdentity)
          .isInstanceOfSatisfying(
              StsException.class,
              refusal -> {
                assertThat(refusal.statusCode()).isEqualTo(403);
                assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidClientTokenId");
              });
    }
  }

  @Test
  void whatIsNotSupportedIsRefused() {
    try (StsClient sts = AwsClients.of(StsClient.builder(), endpoint)) {
      assertThatThrownBy(() -> sts.getSessionToken())
          .isInstanceOfSatisfying(
              StsException.class,
              refusal ->
                  assertThat(refusal.awsErrorDetails().errorCode())
                      .isEqualTo("OperationNotPermitted"));
    }
  }
}
