package dev.berth.scheduler.domain.placement.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.world.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionParserTest {
  private static InstanceState instance() {
    World world = new World();
    world
        .addNode("i-1", "us-east-1a", 100, 100)
        .attribute("stack", "prod")
        .attribute("ssd", null)
        .report();
    world.plan();
    return world.state().instance("i-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          attribute:stack == prod; true
          attribute:stack equals prod; true
          attribute:stack=='prod'; true
          attribute:stack == test; false
          attribute:stack != test; true
          attribute:absent != test; true
          attribute:absent == test; false
          attribute:stack in [prod, test]; true
          attribute:stack in [test]; false
          attribute:stack !in [test]; true
          attribute:stack not_in [prod]; false
          attribute:ssd exists; true
          attribute:ssd !exists; false
          attribute:hdd not_exists; true
          attribute:ecs.availability-zone == us-east-1a; true
          attribute:stack == prod and attribute:ssd exists; true
          attribute:stack == prod && attribute:hdd exists; false
          attribute:stack == test or attribute:ssd exists; true
          attribute:stack == test or attribute:ssd exists and attribute:hdd exists; false
          not(attribute:stack == test); true
          !(attribute:stack == prod); false
          not attribute:hdd exists and (attribute:stack == test or attribute:ssd exists); true
          task:group == service:web; false
          not(task:group == service:web); true
          """)
  void matches(String expression, boolean expected) throws Exception {
    assertThat(ExpressionParser.parse(expression).matches(instance())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "attribute:",
        "attribute:a",
        "attribute:a ==",
        "attribute:a == [b]",
        "attribute:a in b",
        "attribute:a in [b",
        "attribute:a == b c",
        "attribute:a =~ b.*",
        "attribute:a > 3",
        "(attribute:a == b",
        "attribute:a == 'b",
        "runningTasksCount == 1",
        "and",
        "not",
        "attribute:a == b or"
      })
  void whatCannotBeReadIsToldWhy(String expression) {
    assertThatThrownBy(() -> ExpressionParser.parse(expression))
        .isInstanceOf(UnreadableExpressionException.class)
        .hasMessageMatching(".{10,}");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 5000})
  void deepNestingIsRefused(int depth) {
    String expression = "(".repeat(depth) + "attribute:a == b" + ")".repeat(depth);
    assertThatThrownBy(() -> ExpressionParser.parse(expression))
        .isInstanceOf(UnreadableExpressionException.class)
        .hasMessageContaining("nested");
  }
}
