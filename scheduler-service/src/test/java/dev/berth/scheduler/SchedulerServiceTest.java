package dev.berth.scheduler;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The service as it is deployed: what its operators see. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
class SchedulerServiceTest {
  private static final Duration POLL = Duration.ofMillis(100);

  @ConfigProperty(name = "berth.kafka.bootstrap-servers")
  String bootstrapServers;

  @Test
  void aServiceIsPlacedBecomesSteadyAndIsScaledIn() {
    try (Fleet fleet = new Fleet(bootstrapServers, Partitions.DEFAULT, "fleet-1")) {
      fleet.join();

      fleet.want("web", 2);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(wanted(fleet, TaskLifecycle.RUNNING)).hasSize(2));

      wanted(fleet, TaskLifecycle.RUNNING).forEach(task -> fleet.report(task, "RUNNING"));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(fleet.read(Topic.SERVICE_STATUS, ServiceStatus.class, POLL))
                      .last()
                      .matches(status -> status.runningCount() == 2));

      fleet.want("web", 1);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(wanted(fleet, TaskLifecycle.STOPPED)).hasSize(1));
    }
  }

  private static List<TaskAssigned> wanted(Fleet fleet, TaskLifecycle desiredStatus) {
    return fleet.read(Topic.TASK_ASSIGNED, TaskAssigned.class, POLL).stream()
        .filter(task -> task.desiredStatus() == desiredStatus)
        .toList();
  }

  @Test
  void itIsLiveAndBecomesReadyOnceItLeadsItsPartitions() {
    given().get("/q/health/live").then().statusCode(200);
    given().get("/q/health/started").then().statusCode(200);

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                given()
                    .get("/q/health/ready")
                    .then()
                    .statusCode(200)
                    .body("checks[0].data.partitions", equalTo("[0, 1, 2, 3, 4, 5, 6, 7]")));
  }

  @Test
  void whatAlertsNeedIsMeasured() {
    String metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();

    assertThat(metrics)
        .contains(
            "berth_scheduler_reconcile_seconds_count",
            "berth_scheduler_plan_seconds_count",
            "berth_scheduler_lag",
            "berth_scheduler_owned_partitions",
            "berth_scheduler_ready",
            "berth_scheduler_placements_total",
            "berth_scheduler_stops_total",
            "berth_scheduler_refusals_total",
            "berth_scheduler_losses_total",
            "berth_scheduler_transaction_failures_total",
            "berth_scheduler_reconcile_failures_total");
  }
}
