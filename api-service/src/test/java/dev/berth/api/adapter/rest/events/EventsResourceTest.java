package dev.berth.api.adapter.rest.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.berth.api.application.fold.FoldSignals;
import dev.berth.api.application.fold.FoldTransactions;
import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.domain.fold.ClusterEvent;
import dev.berth.api.testing.FlowDatabase;
import dev.berth.api.testing.LineReader;
import dev.berth.contracts.event.PublicEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class EventsResourceTest {
  @Inject FoldTransactions transactions;
  @Inject FoldSignals signals;
  @Inject SystemOfRecord systemOfRecord;

  @TestHTTPResource("/v1/events")
  URI events;

  private final String cluster = "c-" + UUID.randomUUID();

  @BeforeEach
  void databaseIsReady() {
    await().atMost(Duration.ofSeconds(60)).until(systemOfRecord::isReady);
  }

  @Test
  void aFollowerSeesWhatHappensFromNowOn() {
    append(cluster, "before");
    try (LineReader follower = follow()) {
      await().until(() -> values(follower, ":").anyMatch("following"::equals));

      await()
          .until(
              () -> {
                append(cluster, "after-" + UUID.randomUUID());
                return !ids(follower).isEmpty();
              });

      assertThat(follower.header("Content-Type")).startsWith("text/event-stream");
      assertThat(String.join("\n", follower.lines())).doesNotContain("\"before\"");
    }
  }

  @Test
  void aFollowerThatComesBackMissesNothingAndSeesNothingTwice() {
    List<Long> seen = new ArrayList<>();
    try (LineReader follower = follow("Last-Event-ID", "0")) {
      append(cluster, "one", "two");
      await().until(() -> ids(follower).size() == 2);
      seen.addAll(ids(follower));
    }
    append(cluster, "three");

    try (LineReader follower = follow("Last-Event-ID", Long.toString(seen.getLast()))) {
      append(cluster, "four");
      await().until(() -> ids(follower).size() == 2);

      assertThat(data(follower)).containsExactly("three", "four");
      assertThat(ids(follower)).allMatch(id -> id > seen.getLast());
    }
  }

  @Test
  void aFollowerOfOneClusterSeesNoOther() {
    append(cluster + "-other", "other");
    append(cluster, "mine");

    try (LineReader follower = follow("Last-Event-ID", "0")) {
      await().until(() -> ids(follower).size() == 1);

      assertThat(data(follower)).containsExactly("mine");
    }
  }

  @Test
  void eventsThatAreAppendedAtOnceAreSeenInOneOrderWithoutAGap() {
    try (LineReader follower = follow("Last-Event-ID", "0")) {
      for (int writer = 0; writer < 8; writer++) {
        String name = "w" + writer;
        Thread.startVirtualThread(
            () -> {
              for (int i = 0; i < 10; i++) {
                append(cluster, name + "-" + i);
              }
            });
      }

      await().atMost(Duration.ofSeconds(30)).until(() -> ids(follower).size() == 80);

      assertThat(ids(follower)).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void anIdThatIsNoneIsRefused() {
    given()
        .header("Authorization", "Bearer test-admin-token")
        .header("Last-Event-ID", "yesterday")
        .get("/v1/events")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors[0].field", equalTo("Last-Event-ID"));
  }

  @Test
  void nobodyFollowsWithoutAToken() {
    given().get("/v1/events").then().statusCode(401);
  }

  private LineReader follow(String... headers) {
    return LineReader.open(URI.create(events + "?cluster=" + cluster), headers);
  }

  private void append(String inCluster, String... names) {
    List<ClusterEvent> appended = new ArrayList<>();
    for (String name : names) {
      appended.add(
          new ClusterEvent(
              inCluster,
              new PublicEvent(
                  inCluster + name,
                  "ECS Service Action",
                  "aws.ecs",
                  "000000000000",
                  "us-east-1",
                  Instant.parse("2026-11-22T12:00:00Z"),
                  List.of(name),
                  Map.of())));
    }
    transactions
        .inTransaction(rows -> rows.append(appended))
        .await()
        .atMost(Duration.ofSeconds(20));
    signals.eventsAppended();
  }

  private static List<Long> ids(LineReader follower) {
    return values(follower, "id:").map(Long::parseLong).toList();
  }

  private static List<String> data(LineReader follower) {
    return values(follower, "data:")
        .map(line -> line.replaceAll(".*\"resources\":\\[\"([^\"]*)\"].*", "$1"))
        .toList();
  }

  /** The values of a field; a space after the colon belongs to neither. */
  private static Stream<String> values(LineReader follower, String field) {
    return follower.lines().stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(field.length()).strip());
  }
}
