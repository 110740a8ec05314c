package dev.berth.api.adapter.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Valid requests with something wrong in them, again and again: the answer is never a 5xx, and what
 * is refused leaves nothing behind.
 */
@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class FuzzTest {
  private static final int MUTATIONS = 1_200;
  private static final String STORED =
      """
      select (select count(*) from clusters) + (select count(*) from task_definitions)
        + (select count(*) from task_definition_families) + (select count(*) from services)
        + (select count(*) from tasks) + (select count(*) from capacity_providers)
        + (select count(*) from account_settings) + (select count(*) from idempotency_tokens)
        + (select count(*) from outbox)
      """;

  @TestHTTPResource("/")
  URI endpoint;

  @Inject Database database;
  @Inject SystemOfRecord systemOfRecord;

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void noMutationOfAValidRequestBreaksAnythingOrStoresWhatIsRefused() throws IOException {
    await().until(systemOfRecord::isReady);
    long seed = Long.getLong("berth.fuzz.seed", 20_141_113L);
    Mutations mutations = new Mutations(new Random(seed));
    WireCalls calls = new WireCalls(endpoint);
    List<FuzzRequests.Valid> valid = FuzzRequests.all();
    valid.forEach(
        one ->
            assertThat(calls.ecs(one.operation(), one.bytes()).statusCode())
                .as(one.operation())
                .isLessThan(500));
    List<String> broken = new ArrayList<>();
    int refused = 0;
    long before = database.number(STORED);
    for (int i = 0; i < MUTATIONS; i++) {
      FuzzRequests.Valid one = valid.get(i % valid.size());
      byte[] body = mutations.of(one.json());
      HttpResponse<String> answer = calls.ecs(one.operation(), body);
      long after = database.number(STORED);
      if (answer.statusCode() != 200) {
        refused++;
        if (answer.statusCode() >= 500 || !isAnError(answer.body()) || after != before) {
          String sent = new String(body, StandardCharsets.UTF_8);
          broken.add(
              "mutation %d of %s with seed %d: %d %s, %d rows more, for %s"
                  .formatted(
                      i,
                      one.operation(),
                      seed,
                      answer.statusCode(),
                      answer.body(),
                      after - before,
                      sent.length() > 2_000 ? sent.substring(0, 2_000) : sent));
        }
      }
      before = after;
    }

    assertThat(broken).isEmpty();
    assertThat(refused).as("refused of %d", MUTATIONS).isGreaterThan(MUTATIONS / 2);
  }

  private boolean isAnError(String body) throws IOException {
    JsonNode error = mapper.readTree(body);
    return !error.path("__type").asText().isEmpty() && !error.path("message").asText().isEmpty();
  }
}
