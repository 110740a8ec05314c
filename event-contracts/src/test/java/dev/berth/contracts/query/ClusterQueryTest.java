package dev.berth.contracts.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterQueryTest {
  private static final InstanceFacts INSTANCE =
      new InstanceFacts() {
        private final Map<String, String> attributes =
            Map.of(
                "stack",
                "prod",
                "ssd",
                "",
                "ecs.instance-type",
                "g2.2xlarge",
                "ecs.availability-zone",
                "us-east-1a",
                "memory.gib",
                "32",
                "evil",
                "a".repeat(100) + "!");

        @Override
        public String attribute(String name) {
          return attributes.get(name);
        }

        @Override
        public boolean agentConnected() {
          return true;
        }

        @Override
        public String agentVersion() {
          return "1.18.0";
        }

        @Override
        public String ec2InstanceId() {
          return "i-abcd1234";
        }

        @Override
        public Instant registeredAt() {
          return Instant.parse("2018-06-18T22:28:28Z");
        }

        @Override
        public int runningTasksCount() {
          return 2;
        }

        @Override
        public Collection<String> taskGroups() {
          return List.of("service:production", "family:cron");
        }
      };

  /**
   * The examples of the page "Create expressions to define container instances for Amazon ECS
   * tasks"
   * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html).
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          attribute:ecs.instance-type == g2.2xlarge; true
          attribute:ecs.availability-zone in [us-east-1a, us-east-1b]; true
          attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d; true
          task:group == service:production; true
          not(task:group == database); true
          runningTasksCount == 1; false
          agentConnected==true; true
          agentConnected == false; false
          registeredAt < 2018-06-19; true
          """)
  void theExamplesOfEcs(String expression, boolean expected) throws Exception {
    assertThat(ClusterQuery.parse(expression).matches(INSTANCE)).isEqualTo(expected);
  }

  /** The operators and subjects that the same page lists, in both spellings. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          attribute:stack equals prod; true
          attribute:stack=='prod'; true
          attribute:stack == test; false
          attribute:stack not_equals test; true
          attribute:absent != test; true
          attribute:absent == test; false
          attribute:stack in [test]; false
          attribute:stack !in [test]; true
          attribute:stack not_in ["prod"]; false
          attribute:ssd exists; true
          attribute:ssd !exists; false
          attribute:hdd not_exists; true
          attribute:stack =~ pr(o|x)d; true
          (attribute:stack =~ pr(o|x)d); true
          attribute:stack =~ ro; false
          attribute:stack !~ 't.*'; true
          attribute:stack not_matches p.*; false
          attribute:ecs.availability-zone =~ us-east-1[ab]; true
          attribute:stack =~ (?!test).*; true
          attribute:memory.gib > 4; true
          attribute:memory.gib less_than_equal 32; true
          attribute:absent > 4; false
          attribute:stack == prod && attribute:hdd exists; false
          attribute:stack == test || attribute:ssd exists; true
          attribute:stack == test or attribute:ssd exists and attribute:hdd exists; false
          !(attribute:stack == prod); false
          not attribute:hdd exists and (attribute:stack == test or attribute:ssd exists); true
          task:group in [service:web, family:cron]; true
          task:group =~ service:.*; true
          task:group !~ service:.*; false
          agentVersion > 1.9.9; true
          agentVersion greater_than_equal 1.18.0; true
          agentVersion < 1.18.1; true
          agentVersion <= 1.17; false
          ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']; true
          ec2InstanceId != i-abcd1234; false
          runningTasksCount >= 2; true
          runningTasksCount > 2; false
          runningTasksCount != 3; true
          registeredAt == 2018-06-18T22:28:28+00:00; true
          registeredAt == 2018-06-18T22:28:28; true
          registeredAt > 2018-06-18; true
          registeredAt >= 2018-06-18T22:28:29Z; false
          """)
  void matches(String expression, boolean expected) throws Exception {
    assertThat(ClusterQuery.parse(expression).matches(INSTANCE)).isEqualTo(expected);
  }

  /** What breaks the grammar of that page, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '%',
      quoteCharacter = '`',
      textBlock =
          """
          attribute:a % it ends where an operator after attribute:a is expected
          attribute:a == % it ends where a value after == is expected
          attribute:a == [b] % expected a value, not '['
          attribute:a in b % expected '[', not 'b'
          attribute:a in [b % it ends where ']' is expected
          attribute:a == b c % unexpected 'c'
          attribute:a =~ * % '*' is no regular expression: Dangling meta character '*'
          (attribute:a == b % it ends where ')' is expected
          attribute:a == 'b % the quote at 16 isn't closed
          attribute:a == b or % it ends where a subject such as attribute:name is expected
          runningTasksCount == many % 'many' is no number of tasks
          runningTasksCount =~ 1 % '=~' is no operator for runningTasksCount; ==, !=, >, >=, <, <= are
          agentVersion in [1.0] % 'in' is no operator for agentVersion; ==, !=, >, >=, <, <= are
          agentConnected > true % '>' is no operator for agentConnected; ==, !=, in, !in, =~, !~ are
          """)
  void anErrorSaysWhatWasExpected(String expression, String sentence) {
    assertThatThrownBy(() -> ClusterQuery.parse(expression))
        .isInstanceOf(UnreadableQueryException.class)
        .hasMessage(sentence);
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
        "attribute:a =~ *",
        "attribute:a =~ (?:){10001}",
        "attribute:a =~ ((a{200}){200}){200}",
        "(attribute:a == b",
        "attribute:a == 'b",
        "runningTasksCount == many",
        "runningTasksCount =~ 1",
        "runningTasksCount exists",
        "registeredAt < yesterday",
        "registeredAt in [2018-06-18]",
        "agentConnected > true",
        "agentVersion in [1.0]",
        "ec2InstanceId > i-1",
        "task:group > service:a",
        "task:name == a",
        "and",
        "not",
        "attribute:a == b or"
      })
  void whatCannotBeReadIsToldWhy(String expression) {
    assertThatThrownBy(() -> ClusterQuery.parse(expression))
        .isInstanceOf(UnreadableQueryException.class)
        .hasMessageMatching(".{10,}");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 900, 5000})
  void deepNestingAndLengthAreRefused(int depth) {
    String expression = "(".repeat(depth) + "attribute:a == b" + ")".repeat(depth);

    assertThatThrownBy(() -> ClusterQuery.parse(expression))
        .isInstanceOf(UnreadableQueryException.class);
  }

  @Test
  void aPatternThatBacktracksForEverIsGivenUp() throws Exception {
    ClusterQuery query = ClusterQuery.parse("attribute:evil =~ (.*)(.*)(.*)(.*)(.*)b");

    assertThatThrownBy(() -> query.matches(INSTANCE)).isInstanceOf(QueryBudgetException.class);
  }

  /** Whatever is written, it is read or refused with a sentence; nothing else is ever thrown. */
  @Test
  void anyTextIsReadOrRefused() {
    String[] words = {
      "attribute:a",
      "==",
      "!=",
      "in",
      "!in",
      "exists",
      "=~",
      "(",
      ")",
      "[",
      "]",
      ",",
      "and",
      "or",
      "not",
      "!",
      "x",
      "'y z'",
      "runningTasksCount",
      "3",
      "registeredAt",
      "2018-06-18",
      "task:group",
      "\\",
      "{",
      "*",
      "\"",
      "&&"
    };
    Random random = new Random(20260301);
    int readable = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(8); length >= 0; length--) {
        text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
      }
      try {
        ClusterQuery.parse(text.toString()).matches(INSTANCE);
        readable++;
      } catch (UnreadableQueryException e) {
        assertThat(e.getMessage()).as(text.toString()).isNotBlank();
      }
    }
    assertThat(readable).isGreaterThan(20);
  }
}
