package dev.berth.node.domain.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.service.ContainerImage;
import dev.berth.contracts.task.TaskAssigned;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinnedImagesTest {
  private static final ObjectMapper JSON = EventJson.newMapper();
  private static final String DIGEST = "sha256:" + "a".repeat(64);

  @ParameterizedTest
  @CsvSource({
    "app, app",
    "app:1, app",
    "registry.example:5000/team/app, registry.example:5000/team/app",
    "registry.example:5000/team/app:1.2, registry.example:5000/team/app"
  })
  void theDigestTakesTheTagsPlace(String image, String repository) {
    TaskAssigned task = task(image, new ContainerImage("web", image, DIGEST));

    assertThat(TaskContainers.of(task).containers().get("web").image())
        .isEqualTo(repository + "@" + DIGEST);
  }

  @Test
  void aPinOfAnotherImageOrContainerOrWithoutADigestChangesNothing() {
    for (ContainerImage pin :
        List.of(
            new ContainerImage("web", "app:1", DIGEST),
            new ContainerImage("other", "app:2", DIGEST),
            new ContainerImage("web", "app:2", null))) {
      assertThat(TaskContainers.of(task("app:2", pin)).containers().get("web").image())
          .as(pin.toString())
          .isEqualTo("app:2");
    }
  }

  @Test
  void aDigestOfTheDefinitionStays() {
    String image = "app@sha256:" + "b".repeat(64);

    TaskAssigned task = task(image, new ContainerImage("web", image, DIGEST));

    assertThat(TaskContainers.of(task).containers().get("web").image()).isEqualTo(image);
  }

  private static TaskAssigned task(String image, ContainerImage pin) {
    ObjectNode task =
        JSON.valueToTree(
            AssignedTasks.task(
                "{'family':'f','containerDefinitions':[{'name':'web','image':'" + image + "'}]}"));
    task.set("containerImages", JSON.valueToTree(List.of(pin)));
    return JSON.convertValue(task, TaskAssigned.class);
  }
}
