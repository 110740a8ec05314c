package dev.berth.api.domain.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.ListenerRule;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListenerRulesTest {
  @Test
  void aListenerHasAsManyRulesAsTheLimitSays() {
    assertThatCode(() -> ListenerRules.addable(withRules(999), 50_000)).doesNotThrowAnyException();
    refused("TooManyRulesException", withRules(1000), 50_000);
  }

  @Test
  void aPriorityIsOneRules() {
    refused("PriorityInUseException", withRules(3), 2);
  }

  private static void refused(String code, ListenerDesired listener, int priority) {
    assertThatThrownBy(() -> ListenerRules.addable(listener, priority))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }

  /** A listener with rules of the priorities 1, 2, ... */
  private static ListenerDesired withRules(int count) {
    return new ListenerDesired(
        "arn",
        "HTTP",
        80,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        IntStream.rangeClosed(1, count)
            .mapToObj(at -> new ListenerRule("rule/" + at, at, List.of(), List.of(), List.of()))
            .toList(),
        Map.of());
  }
}
