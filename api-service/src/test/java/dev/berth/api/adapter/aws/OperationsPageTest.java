package dev.berth.api.adapter.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page that lists every operation is what the table of handlers says. */
@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class OperationsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "aws-operations.md");
  private static final Map<String, String> NAMES =
      Map.of(
          "ecs", "Amazon ECS",
          "sts", "AWS STS",
          "elasticloadbalancing", "Elastic Load Balancing v2",
          "ec2", "Amazon EC2",
          "acm", "AWS Certificate Manager");

  @Inject OperationTable table;

  /** Write the page anew with {@code -Dberth.update=true}. */
  @Test
  void thePageListsEveryOperationWithItsState() throws IOException {
    String page = page();
    if (Boolean.getBoolean("berth.update")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE).content().isEqualTo(page);
  }

  private String page() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # AWS operations

        `POST /` of api-service speaks these services' own protocols. Made from the code by `OperationsPageTest`
        (`-Dberth.update=true` writes it anew). An operation that isn't supported answers `UnsupportedFeatureException` with
        the reason given here, one that no model has `UnknownOperationException`; services that speak Query call these two
        `OperationNotPermitted` (Amazon EC2: `UnsupportedOperation`) and `InvalidAction`.
        """);
    table.services().stream()
        .sorted(Comparator.comparing(AwsService::name))
        .forEach(service -> describe(service, page));
    return page.toString();
  }

  private void describe(AwsService service, StringBuilder page) {
    Set<String> supported = table.supported(service);
    page.append("\n## ")
        .append(NAMES.getOrDefault(service.name(), service.name()))
        .append("\n\nSupported, ")
        .append(supported.size())
        .append(" of ")
        .append(service.model().operations().size())
        .append(": ")
        .append(supported.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")))
        .append(".\n");
    Map<String, Set<String>> byReason = new TreeMap<>();
    for (ModelOperation operation : service.model().operations()) {
      if (!supported.contains(operation.name())) {
        byReason
            .computeIfAbsent(table.reason(operation), any -> new TreeSet<>())
            .add(operation.name());
      }
    }
    if (!byReason.isEmpty()) {
      page.append("\n| not supported | why |\n|---|---|\n");
      byReason.forEach(
          (reason, names) ->
              page.append("| ")
                  .append(names.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", ")))
                  .append(" | ")
                  .append(reason)
                  .append(" |\n"));
    }
  }
}
