package dev.berth.api.domain.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.domain.problem.FieldError;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What isn't for a service with one task on each instance (ECS: CreateService, UpdateService). */
class DaemonServiceRulesTest {
  @Test
  void aDaemonNeedsNoCount() {
    assertThat(wrong("{}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "desiredCount                | \"desiredCount\": 2",
        "placementStrategy           | \"placementStrategy\": [{\"type\": \"random\"}]",
        "launchType                  | \"launchType\": \"FARGATE\"",
        "deploymentController        | \"deploymentController\": {\"type\": \"EXTERNAL\"}",
        "availabilityZoneRebalancing | \"availabilityZoneRebalancing\": \"ENABLED\""
      })
  void whatCountsOrPlacesItsTasksIsRefused(String member, String json) {
    assertThat(wrong("{" + json + "}")).contains(member);
  }

  @Test
  void aCapacityProviderStrategyIsRefusedInEcssWords() {
    assertThatThrownBy(
            () -> wrong("{\"capacityProviderStrategy\": [{\"capacityProvider\": \"big\"}]}"))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "Specifying a capacity provider strategy is not supported when you create a service"
                + " using the DAEMON scheduling strategy.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "desiredCount             | \"desiredCount\": 2",
        "placementStrategy        | \"placementStrategy\": [{\"type\": \"random\"}]",
        "capacityProviderStrategy | \"capacityProviderStrategy\": [{\"capacityProvider\": \"big\"}]"
      })
  void norCanItBeUpdatedTo(String member, String json) {
    ServiceUpdate update = read("{" + json + "}", ServiceUpdate.class);

    assertThat(names(ServiceRules.check(service("DAEMON"), update).errors()))
        .containsExactly(member);
    assertThat(ServiceRules.check(service("REPLICA"), update).errors()).isEmpty();
  }

  private static List<String> wrong(String members) {
    ServiceRequest request =
        read(
            "{\"serviceName\": \"agent\", \"taskDefinition\": \"agent\","
                + " \"schedulingStrategy\": \"DAEMON\""
                + (members.equals("{}") ? "}" : "," + members.substring(1)),
            ServiceRequest.class);
    assertThat(request.schedulingStrategy()).isEqualTo(SchedulingStrategy.DAEMON);
    return names(ServiceRules.check(request).errors());
  }

  private static List<String> names(List<FieldError> errors) {
    return errors.stream().map(FieldError::field).toList();
  }

  private static Service service(String strategy) {
    ServiceDesired desired =
        read(
            "{\"cluster\": \"default\", \"serviceName\": \"agent\", \"schedulingStrategy\": \""
                + strategy
                + "\"}",
            ServiceDesired.class);
    return new Service(desired, null, null, null);
  }

  private static <T> T read(String json, Class<T> type) {
    return EventJson.read(json.getBytes(StandardCharsets.UTF_8), type);
  }
}
