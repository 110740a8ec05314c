package dev.berth.lb.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private static final Action ANSWER = new Action.FixedResponse(200, null, null);

  /** Enough of an engine for rules: java.util.regex, on short texts of the test itself. */
  private static final RegexEngine REGEXES =
      new RegexEngine() {
        @Override
        public Predicate<String> finder(String regex, boolean anyCase) {
          return java.util.regex.Pattern.compile(
                  regex, anyCase ? java.util.regex.Pattern.CASE_INSENSITIVE : 0)
              .asPredicate();
        }

        @Override
        public UnaryOperator<String> rewriter(String regex, String replacement) {
          return text -> text.replaceFirst(regex, replacement);
        }
      };

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, true",
    "example.com, EXAMPLE.com, true",
    "*.example.com, a.b.example.com, true",
    "*.example.com, example.com, false",
    "ex?mple.com, exbmple.com, true",
    "ex?mple.com, exmple.com, false",
    "*, anything, true",
    "a*b*c, aXXbYYc, true",
    "a*b*c, aXXbYYd, false",
    "\\*x, *x, true",
    "\\*x, ax, false"
  })
  void wildcardsAreElbs(String pattern, String text, boolean matches) {
    assertThat(Glob.of(pattern, true).matches(text)).isEqualTo(matches);
  }

  @Test
  void aPatternOfManyStarsTakesNoLongTime() {
    String evil = "a*".repeat(50) + "b";

    assertThat(Glob.of(evil, false).matches("a".repeat(5000))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.200.3.4, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.168.1.0/25, 192.168.1.128, false",
    "127.0.0.1, 127.0.0.1, true",
    "0.0.0.0/0, 1.2.3.4, true"
  })
  void blocksOfAddresses(String block, String address, boolean contains) {
    String[] parts = address.split("\\.");
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    assertThat(Cidr.parse(block).contains(bytes)).isEqualTo(contains);
  }

  @Test
  void blocksOfLongAddresses() {
    byte[] address = new byte[16];
    address[0] = 0x20;
    address[1] = 0x01;
    address[2] = 0x0d;
    address[3] = (byte) 0xb8;
    address[15] = 1;

    assertThat(Cidr.parse("2001:db8::/32").contains(address)).isTrue();
    assertThat(Cidr.parse("2001:db9::/32").contains(address)).isFalse();
    assertThat(Cidr.parse("::1").contains(address)).isFalse();
    assertThatThrownBy(() -> Cidr.parse("host/8")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachConditionLooksAtItsPart() {
    FakeRequest request = new FakeRequest();

    assertThat(applies(request, new Condition.HostHeader(List.of("shop.*"), List.of()))).isTrue();
    assertThat(applies(request, new Condition.HostHeader(List.of(), List.of("^shop\\.")))).isTrue();
    assertThat(applies(request, new Condition.PathPattern(List.of("/img/*"), List.of()))).isTrue();
    assertThat(applies(request, new Condition.PathPattern(List.of("/IMG/*"), List.of()))).isFalse();
    assertThat(applies(request, new Condition.PathPattern(List.of(), List.of("\\.png$")))).isTrue();
    assertThat(applies(request, new Condition.Method(List.of("PUT", "GET")))).isTrue();
    assertThat(applies(request, new Condition.Method(List.of("get")))).isFalse();
    assertThat(applies(request, new Condition.Header("X-Tenant", List.of("ACME*"), List.of())))
        .isTrue();
    assertThat(
            applies(request, new Condition.Header("X-Tenant", List.of(), List.of("^acme-\\d+$"))))
        .isTrue();
    assertThat(applies(request, new Condition.QueryString(List.of(new Condition.Pair("v", "2*")))))
        .isTrue();
    assertThat(
            applies(request, new Condition.QueryString(List.of(new Condition.Pair(null, "yes")))))
        .isTrue();
    assertThat(applies(request, new Condition.QueryString(List.of(new Condition.Pair("v", "3")))))
        .isFalse();
    assertThat(applies(request, new Condition.SourceIp(List.of("127.0.0.0/8")))).isTrue();
    assertThat(applies(request, new Condition.SourceIp(List.of("10.0.0.0/8")))).isFalse();
  }

  @Test
  void allConditionsMustHold() {
    FakeRequest request = new FakeRequest();

    assertThat(
            applies(
                request,
                new Condition.Method(List.of("GET")),
                new Condition.PathPattern(List.of("/other"), List.of())))
        .isFalse();
  }

  @Test
  void theLowestPriorityNumberThatAppliesCountsAndElseTheDefault() {
    RuleIndex index =
        RuleIndex.of(
            List.of(
                Rule.byDefault("default", ANSWER),
                rule("late", 20, new Condition.PathPattern(List.of("/img/*"), List.of())),
                rule("early", 10, new Condition.HostHeader(List.of("shop.example"), List.of())),
                rule("never", 1, new Condition.Method(List.of("PATCH")))),
            REGEXES);

    assertThat(index.find(new FakeRequest()).rule().arn()).isEqualTo("early");
    FakeRequest other = new FakeRequest();
    other.host = "x";
    assertThat(index.find(other).rule().arn()).isEqualTo("late");
    other.path = "/";
    assertThat(index.find(other).rule().arn()).isEqualTo("default");
  }

  @Test
  void theIndexFindsWhatAskingEveryRuleFinds() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    List<Rule> rules = new ArrayList<>();
    for (int i = 1; i <= 300; i++) {
      rules.add(rule("r" + i, i, conditions(random)));
    }
    rules.add(Rule.byDefault("default", ANSWER));
    RuleIndex index = RuleIndex.of(rules, REGEXES);
    List<CompiledRule> all = rules.stream().map(r -> CompiledRule.of(r, REGEXES)).toList();

    for (int i = 0; i < 2000; i++) {
      FakeRequest request = new FakeRequest();
      request.host = pick(random, "a.example", "b.example", "c.example");
      request.path = pick(random, "/", "/a", "/a/b", "/a/b/c", "/b/x", "/c");
      request.method = pick(random, "GET", "POST");
      String expected =
          all.stream().filter(r -> r.applies(request)).findFirst().orElseThrow().rule().arn();
      assertThat(index.find(request).rule().arn())
          .as("seed %d, %s %s", seed, request.host, request.path)
          .isEqualTo(expected);
    }
  }

  private static Condition[] conditions(Random random) {
    List<Condition> conditions = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      conditions.add(
          new Condition.HostHeader(
              List.of(pick(random, "a.example", "b.example", "*.example", "q.example")),
              List.of()));
    }
    if (random.nextInt(2) == 0) {
      conditions.add(
          new Condition.PathPattern(
              List.of(pick(random, "/a", "/a/*", "/a/b*", "/zz", "/b/?", "*c")), List.of()));
    }
    conditions.add(new Condition.Method(List.of(pick(random, "GET", "POST", "PUT", "HEAD"))));
    return conditions.toArray(Condition[]::new);
  }

  private static String pick(Random random, String... of) {
    return of[random.nextInt(of.length)];
  }

  private static boolean applies(RequestFacts facts, Condition... conditions) {
    return CompiledRule.of(rule("r", 1, conditions), REGEXES).applies(facts);
  }

  private static Rule rule(String arn, int priority, Condition... conditions) {
    return new Rule(arn, priority, List.of(conditions), ANSWER, List.of());
  }

  private static final class FakeRequest implements RequestFacts {
    private String host = "shop.example";
    private String path = "/img/logo.png";
    private String method = "GET";

    @Override
    public String method() {
      return method;
    }

    @Override
    public String host() {
      return host;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public String query() {
      return "a&v=25&really=YES";
    }

    @Override
    public List<String> header(String name) {
      return Map.of("X-Tenant", List.of("other", "acme-7")).getOrDefault(name, List.of());
    }

    @Override
    public byte[] source() {
      return new byte[] {127, 0, 0, 1};
    }
  }
}
