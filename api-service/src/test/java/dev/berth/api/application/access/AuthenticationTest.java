package dev.berth.api.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.application.access.PolicyDocument.StatementDocument;
import dev.berth.api.application.port.ApiTokens.ApiToken;
import dev.berth.api.domain.access.Policy;
import dev.berth.api.domain.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthenticationTest {
  private static final String TOKEN = "berth_a-token-of-some-length";

  private final AccessFixture access = new AccessFixture();

  @Test
  void aTokenIsKnownByItsDigestAndHasItsPolicy() {
    token("token-1", TOKEN);
    assertThat(bearer(TOKEN)).isEqualTo("token-1");
    assertThat(bearer(TOKEN + "x")).isNull();
    assertThat(access.authentication.principal("token-1").orElseThrow().policy())
        .isEqualTo(Policy.ADMINISTRATOR);
  }

  @Test
  void whatAnotherReplicaRemovedIsRefusedTwoSecondsLaterAtMost() {
    // Given a token that was used just now, and then removed elsewhere
    token("token-1", TOKEN);
    assertThat(bearer(TOKEN)).isEqualTo("token-1");
    access.tokens.clear();

    // When two seconds are over
    access.now = access.now.plus(Duration.ofSeconds(2));

    // Then it is refused
    assertThat(bearer(TOKEN)).isNull();
  }

  @Test
  void whatAnotherReplicaMadeIsFoundAtOnceButGuessingDoesNotReadTheTableEachTime() {
    // Given a table that was read a moment ago
    assertThat(bearer("guess-0")).isNull();
    access.now = access.now.plusMillis(500);

    // When another replica makes a token, then it is known here
    token("token-1", TOKEN);
    assertThat(bearer(TOKEN)).isEqualTo("token-1");

    // And when a thousand are guessed within the same moment, then nothing is read for them
    int reads = access.reads;
    for (int guess = 1; guess <= 1000; guess++) {
      assertThat(bearer("guess-" + guess)).isNull();
    }
    assertThat(access.reads).isEqualTo(reads);
  }

  @Test
  void whenTheTableCannotBeReadNobodyIsLetInByWhatIsTooOld() {
    token("token-1", TOKEN);
    assertThat(bearer(TOKEN)).isEqualTo("token-1");
    access.databaseIsAway = true;
    access.now = access.now.plus(Duration.ofSeconds(10));
    assertThatThrownBy(() -> bearer(TOKEN)).isInstanceOf(IllegalStateException.class);
    access.databaseIsAway = false;
    assertThat(bearer(TOKEN)).isEqualTo("token-1");
  }

  @Test
  void theOwnerOfADisabledKeyMayNothing() {
    // Given a caller who was identified
    access.key("BERTHKEY", "secret", PolicyDocument.ADMINISTRATOR);
    access.authentication.read().await().indefinitely();
    Caller caller = new Caller("BERTHKEY", "arn", "000000000000", "us-east-1");
    access.callers.authorize(caller, "ecs:ListClusters", List.of("*")).await().indefinitely();

    // When the key is disabled in the meantime
    access
        .changeAccessKeys
        .change("BERTHKEY", AccessKeyDescription.Status.Inactive, null)
        .await()
        .indefinitely();

    // Then the caller is refused
    assertThatThrownBy(
            () ->
                access
                    .callers
                    .authorize(caller, "ecs:ListClusters", List.of("*"))
                    .await()
                    .indefinitely())
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void aRefusalNamesUserActionAndResource() {
    PolicyDocument readOnly =
        new PolicyDocument(
            "2012-10-17",
            List.of(new StatementDocument(null, "Allow", List.of("ecs:Describe*"), List.of("*"))));
    access.key("BERTHKEY", "secret", readOnly);
    access.authentication.read().await().indefinitely();
    Caller caller = new Caller("BERTHKEY", "arn", "000000000000", "us-east-1");
    String cluster = "arn:aws:ecs:us-east-1:000000000000:cluster/web";
    access
        .callers
        .authorize(caller, "ecs:DescribeClusters", List.of(cluster))
        .await()
        .indefinitely();
    assertThatThrownBy(
            () ->
                access
                    .callers
                    .authorize(caller, "ecs:DeleteCluster", List.of(cluster))
                    .await()
                    .indefinitely())
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> {
              assertThat(refusal.kind()).isEqualTo(ProblemException.Kind.FORBIDDEN);
              assertThat(refusal.code()).isEqualTo("AccessDeniedException");
            })
        .hasMessage(
            "User: arn:aws:iam::000000000000:user/user-of-BERTHKEY is not authorized to perform:"
                + " ecs:DeleteCluster on resource: "
                + cluster
                + " because no identity-based policy allows the ecs:DeleteCluster action");
  }

  @Test
  void aSecretThatCannotBeOpenedOpensNothing() {
    access.keys.clear();
    access.key("BERTHKEY", "secret", PolicyDocument.ADMINISTRATOR);
    var sealed = access.keys.get("BERTHKEY");
    access.keys.put(
        "BERTHOTHER",
        new dev.berth.api.application.port.AccessKeys.AccessKey(
            "BERTHOTHER", "mallory", sealed.sealedSecret(), true, sealed.policy(), access.now));
    ForgedRequestsTest.Request request = new ForgedRequestsTest.Request(access.now);
    request.keyId = "BERTHOTHER";
    request.secret = "secret";
    request.sign();
    assertThatThrownBy(
            () -> access.callers.identify(request.incoming(), "ecs").await().indefinitely())
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.code()).isEqualTo("UnrecognizedClientException"));
  }

  private void token(String id, String token) {
    access.tokens.put(
        id,
        new ApiToken(
            id, "someone", Sha256.of(token), PolicyDocument.ADMINISTRATOR.json(), access.now));
  }

  private String bearer(String token) {
    return access
        .authentication
        .bearer(token)
        .map(owner -> owner.map(principal -> principal.id()).orElse(null))
        .await()
        .indefinitely();
  }
}
