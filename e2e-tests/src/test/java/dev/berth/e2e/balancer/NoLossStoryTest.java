package dev.berth.e2e.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.e2e.BerthSuite;
import dev.berth.e2e.LogsOnFailure;
import dev.berth.e2e.WebService;
import dev.berth.standalone.demo.Comparison;
import dev.berth.standalone.demo.NumberedLoad.Sent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty deployments, and tasks taken away in every other way, under constant load: each request is
 * numbered, and what its client heard is compared with what the tasks wrote down.
 */
@ExtendWith(LogsOnFailure.class)
class NoLossStoryTest {
  private static final int DEPLOYMENTS = 20;
  private static final int TASKS = 3;
  private static final String RETRIES = "berth_lb_retries_total";

  private final BerthSuite suite = BerthSuite.shared();
  private final URI metrics = URI.create("http://127.0.0.1:" + suite.ports().lb() + "/q/metrics");

  @TempDir Path folder;

  @Test
  void deploymentsScaleInsStopsAndDrainsLoseNothing() throws IOException, InterruptedException {
    OwnCertificate certificate = OwnCertificate.make(folder);
    Path handled = Files.createDirectory(folder.resolve("handled"));
    try (NumberedService service =
        new NumberedService(suite, "no-loss", TASKS, certificate, handled)) {
      service.awaitStable(TASKS);
      service.awaitAnswer();
      long retriesBefore = retries();
      int scaleIns = 0;
      int drains = 0;
      int stops = 0;
      List<Sent> sent;
      NumberedClients load =
          new NumberedClients(service.http(), service.https(), certificate.trust());
      try (load) {
        for (int round = 1; round <= DEPLOYMENTS; round++) {
          service.deploy(TASKS);
          if (round % 5 == 0) {
            service.scale(TASKS - 1);
            service.scale(TASKS);
            scaleIns++;
          }
          if (round % 10 == 4) {
            drain("node-2");
            service.awaitStable(TASKS);
            drains++;
          }
          if (round % 10 == 8) {
            service.stopATask(TASKS);
            stops++;
          }
        }
        sent = load.finish();
      }

      Comparison comparison = Comparison.of(sent, service.handled());

      System.out.printf(
          "No-loss runs: %d deployments, %d scale-ins, %d instance drains, %d tasks stopped,"
              + " %d tasks in all;"
              + " %d sent (well answered: %s; %d connections of HTTP/1.1), %d answered, %d lost,"
              + " %d retried by the balancer, %d handled twice%n",
          DEPLOYMENTS,
          scaleIns,
          drains,
          stops,
          service.handled().size(),
          comparison.sent(),
          load.answeredByKind(),
          load.connections(),
          comparison.answered(),
          comparison.lost().size(),
          retries() - retriesBefore,
          comparison.handledTwice().size());
      assertThat(comparison.failures()).isEmpty();
      assertThat(comparison.lost()).isEmpty();
      assertThat(comparison.byRevision()).hasSize(DEPLOYMENTS + 1);
      assertThat(load.answeredByKind())
          .allSatisfy((kind, answered) -> assertThat(answered.get()).as(kind).isPositive());
      Set<Integer> notIdempotent =
          sent.stream()
              .filter(request -> !request.method().equals("GET"))
              .map(Sent::number)
              .collect(Collectors.toSet());
      assertThat(comparison.handledTwice()).doesNotContainAnyElementsOf(notIdempotent);
    }
  }

  private void drain(String node) {
    String path = "/v1/clusters/default/container-instances/" + suite.instanceOf(node);
    try {
      suite.api().patch(path, WebService.json().put("status", "DRAINING"));
      await("no task runs there any more")
          .atMost(BerthSuite.PATIENCE)
          .until(() -> suite.api().get(path).path("runningTasksCount").asInt() == 0);
    } finally {
      suite.api().patch(path, WebService.json().put("status", "ACTIVE"));
    }
  }

  private long retries() {
    return Comparison.counter(suite.api().plain(metrics), RETRIES);
  }
}
