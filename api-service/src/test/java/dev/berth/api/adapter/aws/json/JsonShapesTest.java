package dev.berth.api.adapter.aws.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.adapter.aws.ecs.LargestTaskDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Scale;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

class JsonShapesTest {
  private final JsonShapes shapes = new JsonShapes();

  @Test
  void theLargestShapeComesBackAsItWas() throws UnreadableShapeException {
    RegisterTaskDefinitionRequest everything = LargestTaskDefinition.of("all");
    RegisterTaskDefinitionRequest.Builder read = RegisterTaskDefinitionRequest.builder();

    shapes.read(shapes.write(everything), (SdkPojo) read);

    assertThat(read.build()).isEqualTo(everything);
  }

  @Test
  void whatIsNotSetIsLeftOutAndWhatIsSetEmptyIsWritten() {
    assertThat(text(Cluster.builder().clusterName("a").build()))
        .isEqualTo("{\"clusterName\":\"a\"}");
    assertThat(text(Cluster.builder().tags(List.of()).build())).isEqualTo("{\"tags\":[]}");
  }

  @Test
  void timesAreSecondsWithThreeDigits() throws UnreadableShapeException {
    Instant time = Instant.ofEpochMilli(1_479_780_527_849L);
    TaskDefinition.Builder read = TaskDefinition.builder();

    assertThat(text(TaskDefinition.builder().registeredAt(time).build()))
        .isEqualTo("{\"registeredAt\":1479780527.849}");
    shapes.read(bytes("{\"registeredAt\": 1479780527.849}"), (SdkPojo) read);
    assertThat(read.build().registeredAt()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"family\": 1}",
        "{\"family\": true}",
        "{\"family\": []}",
        "{\"family\": {}}",
        "{\"family\": \"a\\u0000b\"}",
        "{\"revision\": \"1\"}",
        "{\"revision\": 1.5}",
        "{\"revision\": 2147483648}",
        "{\"revision\": 1e400}",
        "{\"revision\": false}",
        "{\"enableFaultInjection\": \"true\"}",
        "{\"enableFaultInjection\": 0}",
        "{\"registeredAt\": \"2026-01-01T00:00:00Z\"}",
        "{\"registeredAt\": 1e30}",
        "{\"volumes\": {}}",
        "{\"volumes\": \"a\"}",
        "{\"volumes\": [null]}",
        "{\"volumes\": [1]}",
        "{\"runtimePlatform\": []}",
        "{\"runtimePlatform\": \"LINUX\"}",
        "{\"containerDefinitions\": [{\"dockerLabels\": []}]}",
        "{\"containerDefinitions\": [{\"dockerLabels\": {\"a\": null}}]}",
        "{\"containerDefinitions\": [{\"dockerLabels\": {\"a\": 1}}]}",
        "{\"family\": \"a\", \"family\": \"b\"}",
        "{\"family\": \"a\"",
        "{\"family\": \"a",
        "{\"family\"",
        "{",
        "{} []",
        "[]",
        "null",
        "1",
        "{'family': 'a'}",
      })
  void whatIsNotOfTheShapesTypesIsRefused(String json) {
    assertThatThrownBy(() -> shapes.read(bytes(json), (SdkPojo) TaskDefinition.builder()))
        .isInstanceOf(UnreadableShapeException.class)
        .hasMessageNotContaining("dev.berth");
  }

  @Test
  void fractionsAreTakenWhereTheyBelong() throws UnreadableShapeException {
    Scale.Builder read = Scale.builder();

    shapes.read(bytes("{\"value\": 12.5, \"unit\": \"PERCENT\"}"), (SdkPojo) read);

    assertThat(read.build().value()).isEqualTo(12.5);
  }

  @Test
  void deepNestingIsRefusedEvenInMembersThatNobodyKnows() {
    assertThatThrownBy(
            () ->
                shapes.read(
                    bytes("{\"x\": " + "[".repeat(10_000)), (SdkPojo) TaskDefinition.builder()))
        .isInstanceOf(UnreadableShapeException.class);
  }

  @Test
  void membersThatNobodyKnowsArePassedOverAndTold() throws UnreadableShapeException {
    assertThat(
            shapes.read(
                bytes("{\"x\": {\"y\": [1, {}]}, \"family\": \"a\", \"revision\": null}"),
                (SdkPojo) TaskDefinition.builder()))
        .containsExactly("x");
  }

  private String text(SdkPojo shape) {
    return new String(shapes.write(shape), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
