package dev.berth.api.domain.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.Capabilities;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.task.RefusalReason;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneOffTaskTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final String CLUSTER = "arn:aws:ecs:us-east-1:000000000000:cluster/default";

  @Test
  void environmentFilesOfAnOverrideAreSeenByPlacement() {
    Task plain = task("{'taskDefinition': 'web'}");
    Task files =
        task(
            """
            {'taskDefinition': 'web', 'overrides': {'containerOverrides': [
              {'name': 'web', 'environmentFiles': [{'type': 's3', 'value': 'arn:aws:s3:::b/x.env'}]}]}}
            """);

    assertThat(plain.desired().run().taskDefinition().requiresAttributes()).isEmpty();
    assertThat(files.desired().run().taskDefinition().requiresAttributes())
        .containsExactly(Attribute.of(Capabilities.ENVIRONMENT_FILES));
  }

  @Test
  void aTaskOfAFargateProviderIsOneBeforeAnybodyHasDecided() {
    Task spot =
        task(
            """
            {'taskDefinition': 'web',
             'capacityProviderStrategy': [{'capacityProvider': 'FARGATE_SPOT', 'weight': 1}]}
            """);

    TaskDescription shown = TaskDescription.of(spot, CLUSTER);

    assertThat(shown.launchType()).isEqualTo("FARGATE");
    assertThat(shown.platformVersion()).isEqualTo("1.4.0");
  }

  @Test
  void theZoneOfItsInstanceIsTheTasksToo() {
    Attribute zone = Attribute.of(Capabilities.AVAILABILITY_ZONE, "zone-a");
    Attribute architecture = Attribute.of(Capabilities.CPU_ARCHITECTURE, "x86_64");

    TaskDescription shown =
        TaskDescription.of(
            decided(VerdictOutcome.PLACED, 1, List.of(), true, List.of(zone, architecture)),
            CLUSTER);

    assertThat(shown.availabilityZone()).isEqualTo("zone-a");
    assertThat(shown.attributes()).containsExactly(architecture);
  }

  @Test
  void aRefusalIsToldInWholeSentences() {
    assertThat(refused(1, "i-1: 64 MiB of memory are needed, 0 of 64 are free", true).detail())
        .isEqualTo(
            "1 container instance was considered. i-1: 64 MiB of memory are needed, 0 of 64 are"
                + " free. The same request may succeed later.");
    assertThat(refused(2, "Nobody is there.", false).detail())
        .isEqualTo(
            "2 container instances were considered. Nobody is there. Waiting doesn't help: change"
                + " the request or the container instances.");
  }

  private static TaskFailure refused(int considered, String detail, boolean canWaitHelp) {
    return TaskFailure.of(
        decided(
            VerdictOutcome.REFUSED,
            considered,
            List.of(new RefusalReason("RESOURCE:MEMORY", detail, considered)),
            canWaitHelp,
            List.of()),
        CLUSTER);
  }

  private static Task decided(
      VerdictOutcome outcome,
      int considered,
      List<RefusalReason> reasons,
      boolean canWaitHelp,
      List<Attribute> attributes) {
    Task task = task("{'taskDefinition': 'web'}");
    TaskLifecycle desired =
        outcome == VerdictOutcome.REFUSED ? TaskLifecycle.STOPPED : TaskLifecycle.RUNNING;
    TaskVerdict verdict =
        new TaskVerdict(
            task.id(),
            "default",
            1,
            outcome,
            desired,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            considered,
            reasons,
            canWaitHelp,
            attributes,
            NOW,
            NOW,
            null);
    return new Task(
        task.id(),
        task.cluster(),
        task.taskDefinitionArn(),
        task.desired(),
        verdict,
        null,
        desired,
        TaskLifecycle.PROVISIONING,
        NOW,
        null,
        List.of());
  }

  private static Task task(String json) {
    RunTaskRequest request = read(json, RunTaskRequest.class);
    return TaskChanges.wanted(
        request,
        new StrategyRules.Capacity(
            request.capacityProviderStrategy() == null ? "EC2" : null,
            request.capacityProviderStrategy() == null
                ? List.of()
                : request.capacityProviderStrategy()),
        List.of(),
        read(
            """
            {'taskDefinitionArn': 'arn:aws:ecs:us-east-1:000000000000:task-definition/web:1',
             'family': 'web', 'revision': 1,
             'containerDefinitions': [{'name': 'web', 'image': 'web:1', 'memory': 64}]}
            """,
            TaskDefinition.class),
        "default",
        "i",
        "task",
        null,
        1,
        NOW);
  }

  private static <T> T read(String json, Class<T> type) {
    return EventJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), type);
  }
}
