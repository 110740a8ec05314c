package dev.berth.contracts.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccessKeyPairTest {
  @Test
  void looksLikeOneOfAwsAndSaysThatItIsNot() {
    AccessKeyPair pair = AccessKeyPair.generate();
    assertThat(pair.id()).matches("BERTH[A-Z2-7]{15}");
    assertThat(pair.secret()).matches("[A-Za-z0-9+/]{40}");
    assertThat(AccessKeyPair.generate()).isNotEqualTo(pair);
  }

  @Test
  void isShownWithoutItsSecret() {
    AccessKeyPair pair = AccessKeyPair.generate();
    assertThat(pair.toString()).contains(pair.id()).doesNotContain(pair.secret());
  }

  @Test
  void makesACredentialsFileOfOneProfile() {
    assertThat(new AccessKeyPair("BERTHID", "s3cret").credentialsFile("eu-west-1", "t0ken").lines())
        .filteredOn(line -> !line.startsWith("#"))
        .containsExactly(
            "[default]",
            "aws_access_key_id = BERTHID",
            "aws_secret_access_key = s3cret",
            "region = eu-west-1",
            "berth_token = t0ken");
  }
}
