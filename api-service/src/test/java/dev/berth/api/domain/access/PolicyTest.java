package dev.berth.api.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.domain.access.Policy.Decision;
import dev.berth.api.domain.access.Policy.Effect;
import dev.berth.api.domain.access.Policy.Statement;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  private static final String SERVICE = "arn:aws:ecs:us-east-1:000000000000:service/web/shop";
  private static final long SEED = 7;

  @Test
  void whatNoStatementAllowsIsNotAllowed() {
    Policy policy = new Policy(List.of(allow("ecs:Describe*", "*")));
    assertThat(policy.decide("ecs:DescribeServices", SERVICE)).isEqualTo(Decision.ALLOWED);
    assertThat(policy.decide("ecs:UpdateService", SERVICE)).isEqualTo(Decision.NOT_ALLOWED);
    assertThat(new Policy(List.of()).decide("ecs:ListClusters", "*"))
        .isEqualTo(Decision.NOT_ALLOWED);
  }

  @Test
  void aDenialWinsWhereverItStands() {
    Statement all = allow("*", "*");
    Statement notThis = deny("ecs:DeleteService", "arn:aws:ecs:*:*:service/web/*");
    for (List<Statement> order : List.of(List.of(all, notThis), List.of(notThis, all))) {
      Policy policy = new Policy(order);
      assertThat(policy.decide("ecs:DeleteService", SERVICE)).isEqualTo(Decision.DENIED);
      assertThat(policy.decide("ecs:UpdateService", SERVICE)).isEqualTo(Decision.ALLOWED);
      assertThat(policy.decide("ecs:DeleteService", SERVICE.replace("/web/", "/test/")))
          .isEqualTo(Decision.ALLOWED);
      assertThat(policy.isUnrestricted()).isFalse();
    }
    assertThat(Policy.ADMINISTRATOR.isUnrestricted()).isTrue();
    assertThat(new Policy(List.of(allow("*", SERVICE))).isUnrestricted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ecs:RunTask, ecs:RunTask, true",
    "ecs:runtask, ecs:RunTask, true",
    "ECS:*, ecs:RunTask, true",
    "ecs:*Task, ecs:RunTask, true",
    "ecs:*Task, ecs:RunTasks, false",
    "ecs:???Task, ecs:RunTask, true",
    "ecs:??Task, ecs:RunTask, false",
    "elasticloadbalancing:*, ecs:RunTask, false",
    "*, ecs:RunTask, true",
    "ecs:RunTask, ecs:RunTaskX, false"
  })
  void actionsMatchInAnyCase(String pattern, String action, boolean expected) {
    assertThat(new Policy(List.of(allow(pattern, "*"))).decide(action, "*"))
        .isEqualTo(expected ? Decision.ALLOWED : Decision.NOT_ALLOWED);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:ecs:*:*:service/web/*, true",
    "arn:aws:ecs:us-east-1:000000000000:service/web/shop, true",
    "arn:aws:ecs:us-east-1:000000000000:service/web/sho?, true",
    "arn:aws:ecs:us-east-1:000000000000:service/WEB/*, false",
    "arn:aws:ecs:us-east-1:000000000000:service/web/shop2, false",
    "arn:aws:ecs:us-east-1:000000000000:service/web, false",
    "arn:aws:ecs:us-east-1:111111111111:*, false"
  })
  void resourcesMatchAsTheyAreWritten(String pattern, boolean expected) {
    assertThat(new Policy(List.of(allow("*", pattern))).decide("ecs:DeleteService", SERVICE))
        .isEqualTo(expected ? Decision.ALLOWED : Decision.NOT_ALLOWED);
  }

  @Test
  void aPartThatIsNotKnownIsAllowedOnlyIfAllItMayBeIsAndDeniedIfAnyIs() {
    // Given a resource whose cluster isn't known
    String task = "arn:aws:ecs:us-east-1:000000000000:task/*/0123";

    // When policies name a cluster, or not
    Statement web = allow("*", "arn:aws:ecs:us-east-1:000000000000:task/web/*");
    Statement every = allow("*", "arn:aws:ecs:us-east-1:000000000000:task/*");
    Statement one = allow("*", "arn:aws:ecs:us-east-1:000000000000:task/?/0123");
    Statement notWeb = deny("*", "arn:aws:ecs:us-east-1:000000000000:task/web/*");
    Statement notOther = deny("*", "arn:aws:ecs:us-east-1:000000000000:task/web/4567");

    // Then a cluster that is allowed isn't enough, and one that is denied is
    assertThat(new Policy(List.of(web)).decide("ecs:StopTask", task))
        .isEqualTo(Decision.NOT_ALLOWED);
    assertThat(new Policy(List.of(one)).decide("ecs:StopTask", task))
        .isEqualTo(Decision.NOT_ALLOWED);
    assertThat(new Policy(List.of(every)).decide("ecs:StopTask", task)).isEqualTo(Decision.ALLOWED);
    assertThat(new Policy(List.of(every, notWeb)).decide("ecs:StopTask", task))
        .isEqualTo(Decision.DENIED);
    assertThat(new Policy(List.of(every, notOther)).decide("ecs:StopTask", task))
        .isEqualTo(Decision.ALLOWED);
  }

  @Test
  void aDenialOfAResourceLeavesWhatIsAboutNone() {
    Policy policy = new Policy(List.of(allow("*", "*"), deny("*", SERVICE)));
    assertThat(policy.decide("ecs:ListClusters", "*")).isEqualTo(Decision.ALLOWED);
    assertThat(new Policy(List.of(allow("*", "*"), deny("*", "*"))).decide("ecs:ListClusters", "*"))
        .isEqualTo(Decision.DENIED);
  }

  @Test
  void wildcardsMeanWhatRegularExpressionsSay() {
    Random random = new Random(SEED);
    for (int round = 0; round < 20_000; round++) {
      String pattern = text(random, "ab*?", 7);
      String text = text(random, "ab", 9);
      Pattern same = Pattern.compile(pattern.replace("*", ".*").replace("?", "."), Pattern.DOTALL);
      boolean expected = same.matcher(text).matches();
      assertThat(Wildcards.cover(pattern, text)).as(pattern + " " + text).isEqualTo(expected);
      assertThat(Wildcards.meet(pattern, text)).as(pattern + " " + text).isEqualTo(expected);
      // What one text both stand for shows that they meet; what is covered is met.
      String unknown = text(random, "ab*", 7);
      boolean both =
          expected && Pattern.compile(unknown.replace("*", ".*")).matcher(text).matches();
      if (both) {
        assertThat(Wildcards.meet(pattern, unknown)).as(pattern + " " + unknown).isTrue();
      }
      if (Wildcards.cover(pattern, unknown)) {
        assertThat(Wildcards.meet(pattern, unknown)).as(pattern + " " + unknown).isTrue();
        assertThat(same.matcher(unknown.replace("*", "ba")).matches())
            .as(pattern + " covers " + unknown)
            .isTrue();
      }
    }
  }

  @Test
  void aPatternOfManyStarsTakesNoTime() {
    String pattern = "*a".repeat(1000);
    String text = "a".repeat(2000) + "b";
    assertThat(Wildcards.cover(pattern, text)).isFalse();
    assertThat(Wildcards.meet(pattern, text)).isFalse();
  }

  private static String text(Random random, String characters, int longest) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(longest + 1); left > 0; left--) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  private static Statement allow(String action, String resource) {
    return new Statement(Effect.ALLOW, List.of(action), List.of(resource));
  }

  private static Statement deny(String action, String resource) {
    return new Statement(Effect.DENY, List.of(action), List.of(resource));
  }
}
