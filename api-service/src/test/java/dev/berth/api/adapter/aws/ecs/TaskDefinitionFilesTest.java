package dev.berth.api.adapter.aws.ecs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Task definitions as people write them, each a file that the AWS CLI takes by {@code
 * --cli-input-json}. {@code expected.json} says of each what ECS makes of it: the result, with the
 * attributes that it asks of an instance, or the error.
 */
@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class TaskDefinitionFilesTest {
  private static final Path FOLDER = Path.of("src/test/resources/task-definitions");
  private static final String EXPECTED = "expected.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject SystemOfRecord systemOfRecord;

  /** A file, and what becomes of it. */
  record Row(String file, JsonNode expected) {
    @Override
    public String toString() {
      return file + (expected.has("error") ? ": " + expected.get("error").asText() : "");
    }
  }

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    JSON.readTree(FOLDER.resolve(EXPECTED).toFile())
        .properties()
        .forEach(entry -> rows.add(new Row(entry.getKey() + ".json", entry.getValue())));
    return rows;
  }

  @BeforeEach
  void theServiceIsReady() {
    await().atMost(Duration.ofSeconds(60)).until(systemOfRecord::isReady);
  }

  @Test
  void everyFileIsInTheTable() throws IOException {
    Set<String> files = new TreeSet<>();
    try (Stream<Path> all = Files.list(FOLDER)) {
      all.map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(EXPECTED))
          .forEach(files::add);
    }
    assertThat(rows().stream().map(Row::file)).containsExactlyInAnyOrderElementsOf(files);
    assertThat(files).hasSizeGreaterThanOrEqualTo(25);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void registersOrIsRefusedAsExpected(Row row) throws IOException {
    String text = Files.readString(FOLDER.resolve(row.file()));
    Response answer = register(text);
    if (row.expected().has("error")) {
      assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
      JsonNode error = JSON.readTree(answer.asByteArray());
      assertThat(error.path("__type").asText())
          .as(answer.asString())
          .isEqualTo(row.expected().get("error").asText());
      assertThat(error.path("message").asText())
          .containsIgnoringCase(row.expected().get("message").asText());
    } else {
      assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
      JsonNode definition = JSON.readTree(answer.asByteArray()).get("taskDefinition");
      assertThat(definition.get("status").asText()).isEqualTo("ACTIVE");
      assertThat(definition.get("taskDefinitionArn").asText())
          .endsWith(":task-definition/" + definition.get("family").asText() + ":1");
      assertThat(names(definition.path("compatibilities")))
          .containsExactlyInAnyOrderElementsOf(names(row.expected().get("compatibilities")));
      assertThat(names(definition.path("requiresAttributes")))
          .containsAll(names(row.expected().get("requiresAttributes")));
      assertKept(JSON.readTree(text), definition, "");
    }
  }

  /** What a client sent, it gets back: all of it, as it was, but for sizes in words. */
  private static void assertKept(JsonNode sent, JsonNode kept, String path) {
    for (var member : sent.properties()) {
      String at = path + "/" + member.getKey();
      JsonNode value = member.getValue();
      JsonNode same = kept.get(member.getKey());
      if (value.isNull() || Set.of("/tags", "/cpu", "/memory").contains(at)) {
        continue;
      }
      if (value.isObject()) {
        assertThat(same).as(at).isNotNull();
        assertKept(value, same, at);
      } else if (value.isArray() && !value.isEmpty() && value.get(0).isObject()) {
        assertThat(same).as(at).hasSize(value.size());
        for (int index = 0; index < value.size(); index++) {
          assertKept(value.get(index), same.get(index), at + "/" + index);
        }
      } else if (!value.isArray() || !value.isEmpty()) {
        assertThat(same).as(at).isEqualTo(value);
      }
    }
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(one -> names.add(one.isObject() ? one.get("name").asText() : one.asText()));
    return names;
  }

  private static Response register(String body) {
    return given()
        .config(
            RestAssured.config()
                .encoderConfig(
                    EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                        .encodeContentTypeAs("application/x-amz-json-1.1", ContentType.TEXT)))
        .contentType("application/x-amz-json-1.1")
        .header("Authorization", "Bearer test-admin-token")
        .header("X-Amz-Target", "AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition")
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/")
        .andReturn();
  }
}
