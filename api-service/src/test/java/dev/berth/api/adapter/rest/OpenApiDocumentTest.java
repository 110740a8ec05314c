package dev.berth.api.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class OpenApiDocumentTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path COMMITTED = Path.of("..", "docs", "openapi.yaml");

  /** Write the document anew with {@code -Dberth.update=true}. */
  @Test
  void theCommittedDocumentIsWhatIsServed() throws IOException {
    String served =
        given().get("/q/openapi?format=yaml").then().statusCode(200).extract().asString();
    if (Boolean.getBoolean("berth.update")) {
      Files.createDirectories(COMMITTED.getParent());
      Files.writeString(COMMITTED, served);
    }

    // As trees: the order of members means nothing, and isn't always the same.
    assertThat(YAML.readTree(served)).isEqualTo(YAML.readTree(Files.readString(COMMITTED)));
  }

  @Test
  void everyOperationSaysHowItFails() {
    String served = given().get("/q/openapi?format=yaml").asString();

    assertThat(served).contains("#/components/schemas/Problem").contains("bearer");
  }
}
