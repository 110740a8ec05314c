package dev.berth.api.adapter.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.testing.AwsClients;
import dev.berth.api.testing.FlowDatabase;
import dev.berth.contracts.taskdef.ContainerDefinition;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class TaskDefinitionHandlersTest {
  @TestHTTPResource("/")
  URI endpoint;

  private EcsClient ecs;

  @BeforeEach
  void client() {
    ecs = AwsClients.ecs(endpoint);
  }

  @AfterEach
  void close() {
    ecs.close();
  }

  @Test
  void everyMemberThatTheModelHasIsKept() {
    String family = unique("all");
    RegisterTaskDefinitionRequest everything = LargestTaskDefinition.of(family);

    RegisterTaskDefinitionResponse registered = ecs.registerTaskDefinition(everything);
    TaskDefinition found =
        ecs.describeTaskDefinition(r -> r.taskDefinition(family)).taskDefinition();

    assertThat(found).isEqualTo(registered.taskDefinition());
    assertThat(found.containerDefinitions()).isEqualTo(everything.containerDefinitions());
    assertThat(found.volumes()).isEqualTo(everything.volumes());
    for (SdkField<?> field : everything.sdkFields()) {
      if (!field.memberName().equals("tags")) {
        assertThat(found.getValueForField(field.memberName(), Object.class))
            .as(field.memberName())
            .isEqualTo(everything.getValueForField(field.memberName(), Object.class));
      }
    }
    assertThat(registered.tags()).isEqualTo(everything.tags());
    assertThat(found.registeredBy()).startsWith("arn:aws:iam::000000000000:");
  }

  @Test
  void theRecordsHaveEveryMemberOfTheModel() {
    assertThat(software.amazon.awssdk.services.ecs.model.ContainerDefinition.builder().sdkFields())
        .extracting(SdkField::locationName)
        .hasSize(42)
        .containsExactlyInAnyOrderElementsOf(members(ContainerDefinition.class));
    assertThat(TaskDefinition.builder().sdkFields())
        .extracting(SdkField::locationName)
        .containsExactlyInAnyOrderElementsOf(
            members(dev.berth.contracts.taskdef.TaskDefinition.class));
    assertThat(RegisterTaskDefinitionRequest.builder().sdkFields())
        .extracting(SdkField::locationName)
        .hasSize(18)
        .containsExactlyInAnyOrderElementsOf(
            members(dev.berth.api.domain.taskdefinition.TaskDefinitionRequest.class));
  }

  @Test
  void whatNobodyWroteIsLeftOutOrHasEcssDefault() {
    TaskDefinition shown = register(unique("plain"));

    var container = shown.containerDefinitions().getFirst();
    assertThat(container.cpu()).isZero();
    assertThat(container.essential()).isTrue();
    assertThat(container.hasEnvironment()).isTrue();
    assertThat(container.hasMountPoints()).isTrue();
    assertThat(container.hasCommand()).isFalse();
    assertThat(container.hasDockerLabels()).isFalse();
    assertThat(container.portMappings().getFirst().hostPort()).isZero();
    assertThat(container.portMappings().getFirst().protocolAsString()).isEqualTo("tcp");
    assertThat(container.linuxParameters()).isNull();
    assertThat(shown.hasVolumes()).isTrue();
    assertThat(shown.hasRequiresCompatibilities()).isFalse();
    assertThat(shown.compatibilities()).contains(Compatibility.EC2, Compatibility.EXTERNAL);
  }

  @Test
  void unitsAreTakenAsPeopleWriteThem() {
    TaskDefinition shown =
        ecs.registerTaskDefinition(
                r ->
                    r.family(unique("units"))
                        .networkMode(NetworkMode.AWSVPC)
                        .requiresCompatibilities(Compatibility.FARGATE)
                        .cpu(".25 vcpu")
                        .memory("1 GB")
                        .containerDefinitions(container("a")))
            .taskDefinition();

    assertThat(shown.cpu()).isEqualTo("256");
    assertThat(shown.memory()).isEqualTo("1024");
    assertThat(shown.compatibilities()).contains(Compatibility.FARGATE);
  }

  @Test
  void whatFargateDoesNotHaveIsRefusedInEcssWords() {
    assertThatThrownBy(
            () ->
                ecs.registerTaskDefinition(
                    r ->
                        r.family("f")
                            .networkMode(NetworkMode.AWSVPC)
                            .requiresCompatibilities(Compatibility.FARGATE)
                            .cpu("300")
                            .memory("512")
                            .containerDefinitions(container("a"))))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining(
            "No Fargate configuration exists for given values: 300 CPU, 512 memory.");
    assertThatThrownBy(
            () ->
                ecs.registerTaskDefinition(
                    r ->
                        r.family("f")
                            .requiresCompatibilities(Compatibility.FARGATE)
                            .containerDefinitions(container("a"))))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("Fargate only supports network mode ‘awsvpc’.")
        .hasMessageContaining("Fargate requires that 'cpu' be defined at the task level.");
  }

  @Test
  void aRevisionGoesFromActiveToInactiveToDeletionAndItsNumberIsNotUsedAgain() {
    String family = unique("f");
    String first = register(family).taskDefinitionArn();
    assertThat(
            ecs.deleteTaskDefinitions(r -> r.taskDefinitions(first)).failures().getFirst().reason())
        .contains("still in ACTIVE status");

    assertThat(
            ecs.deregisterTaskDefinition(r -> r.taskDefinition(family + ":1"))
                .taskDefinition()
                .status())
        .isEqualTo(TaskDefinitionStatus.INACTIVE);
    DeleteTaskDefinitionsResponse deleted =
        ecs.deleteTaskDefinitions(r -> r.taskDefinitions(first, family + ":7"));

    assertThat(deleted.taskDefinitions().getFirst().status())
        .isEqualTo(TaskDefinitionStatus.DELETE_IN_PROGRESS);
    assertThat(deleted.taskDefinitions().getFirst().deleteRequestedAt()).isNotNull();
    assertThat(deleted.failures().getFirst().reason()).contains("does not exist");
    assertThat(
            ecs.listTaskDefinitions(
                    r -> r.familyPrefix(family).status(TaskDefinitionStatus.DELETE_IN_PROGRESS))
                .taskDefinitionArns())
        .containsExactly(first);
    assertThatThrownBy(() -> ecs.describeTaskDefinition(r -> r.taskDefinition(family)))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("Unable to describe task definition");
    assertThat(register(family).revision()).isEqualTo(2);
  }

  @Test
  void listsFilterSortAndPage() {
    String family = unique("l");
    register(family);
    register(family);
    register(family);

    assertThat(
            ecs.listTaskDefinitionsPaginator(
                    r -> r.familyPrefix(family).sort(SortOrder.DESC).maxResults(2))
                .taskDefinitionArns())
        .extracting(arn -> arn.substring(arn.lastIndexOf(':') + 1))
        .containsExactly("3", "2", "1");
    assertThat(ecs.listTaskDefinitionFamilies(r -> r.familyPrefix(family)).families())
        .containsExactly(family);
    assertThatThrownBy(() -> ecs.listTaskDefinitions(r -> r.sort("SIDEWAYS")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void tagsAreShownWhenAskedFor() {
    String family = unique("t");
    ecs.registerTaskDefinition(
        r ->
            r.family(family)
                .tags(Tag.builder().key("a").value("b").build())
                .containerDefinitions(container("a")));

    assertThat(ecs.describeTaskDefinition(r -> r.taskDefinition(family)).tags()).isEmpty();
    assertThat(
            ecs.describeTaskDefinition(
                    r -> r.taskDefinition(family).include(TaskDefinitionField.TAGS))
                .tags())
        .hasSize(1);
  }

  private TaskDefinition register(String family) {
    return ecs.registerTaskDefinition(r -> r.family(family).containerDefinitions(container("web")))
        .taskDefinition();
  }

  private static software.amazon.awssdk.services.ecs.model.ContainerDefinition container(
      String name) {
    return software.amazon.awssdk.services.ecs.model.ContainerDefinition.builder()
        .name(name)
        .image("web:1")
        .memory(64)
        .portMappings(
            software.amazon.awssdk.services.ecs.model.PortMapping.builder()
                .containerPort(80)
                .build())
        .build();
  }

  private static List<String> members(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  private static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }
}
