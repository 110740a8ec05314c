package dev.berth.api.adapter.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.adapter.aws.ecs.EcsService;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;

class ServiceModelTest {
  private final ServiceModel model = EcsService.ECS.model();

  @Test
  void everyMethodOfTheClientThatCallsAnOperationIsFound() {
    long calls =
        Arrays.stream(EcsClient.class.getMethods())
            .filter(method -> method.getReturnType().getSimpleName().endsWith("Response"))
            .map(method -> method.getReturnType())
            .distinct()
            .filter(type -> !type.getSimpleName().startsWith("Waiter"))
            .count();

    assertThat(model.operations()).hasSize((int) calls).hasSizeGreaterThanOrEqualTo(77);
  }

  @Test
  void operationsAreFoundByTheirNameWithWhatTheyAnswer() {
    assertThat(model.operation("ListClusters"))
        .hasValueSatisfying(
            found -> assertThat(found.responseType()).isEqualTo(ListClustersResponse.class));
    assertThat(model.operation("Nothing")).isEmpty();
    assertThat(model.operation("")).isEmpty();
  }

  @Test
  void eachOperationMakesBuildersOfItsOwnInput() {
    assertThat(model.operations())
        .allSatisfy(
            operation ->
                assertThat(operation.emptyRequest().toBuilder().build())
                    .isEqualTo(operation.emptyRequest())
                    .isNotSameAs(operation.emptyRequest()));
  }
}
