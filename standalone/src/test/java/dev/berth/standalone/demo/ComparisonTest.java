package dev.berth.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void countsWhatTheClientAndTheTasksDoNotAgreeOn() {
    // Given four requests, of which one failed and one is in no task's log
    List<NumberedLoad.Sent> sent =
        List.of(
            new NumberedLoad.Sent(1, "POST", null, "1"),
            new NumberedLoad.Sent(2, "GET", null, "2"),
            new NumberedLoad.Sent(3, "POST", "status 502", null),
            new NumberedLoad.Sent(4, "GET", null, "2"));
    List<String> logs =
        List.of(
            "web | revision 1 serves on port 8080\nweb | handled POST 1 revision 1\n",
            "web | handled GET 2 revision 2\nweb | handled GET 2 revision 2\n");

    // When both ends are compared
    Comparison comparison = Comparison.of(sent, logs);

    // Then both are lost, and the one handled twice is named
    assertThat(comparison.sent()).isEqualTo(4);
    assertThat(comparison.answered()).isEqualTo(3);
    assertThat(comparison.lost()).containsExactly(3, 4);
    assertThat(comparison.handledTwice()).containsExactly(2);
    assertThat(comparison.byRevision()).containsEntry("1", 1).containsEntry("2", 2);
    assertThat(comparison.failures())
        .containsExactly("POST 3: status 502", "GET 4: in no task's log");
  }

  @Test
  void addsUpACounterOverItsLabels() {
    String metrics =
        """
        # TYPE berth_lb_retries counter
        berth_lb_retries_total{target_group="a"} 2.0
        berth_lb_retries_total{target_group="b"} 3.0
        berth_lb_retries_total_other 7.0
        """;
    assertThat(Comparison.counter(metrics, "berth_lb_retries_total")).isEqualTo(5);
    assertThat(Comparison.counter(metrics, "absent_total")).isZero();
  }
}
