package dev.berth.scheduler;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The service as it is deployed: what its operators see. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
class SchedulerServiceTest {
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
