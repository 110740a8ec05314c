package dev.berth.contracts;

import java.util.Locale;
import java.util.stream.Collectors;

/** The table of topics in the docs. */
final class TopicTable {
  static final String BEGIN = "<!-- topics: made from the code -->";
  static final String END = "<!-- end of topics -->";

  private TopicTable() {}

  static String markdown() {
    StringBuilder text = new StringBuilder(BEGIN).append('\n');
    text.append("| topic | record | key | partitioned by | cleanup | writer | readers |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (Topic topic : Topic.values()) {
      text.append(
          "| `%s` | `%s` | %s | %s | %s | %s | %s |%n"
              .formatted(
                  topic.topicName(),
                  topic.recordType().getSimpleName(),
                  AsyncApi.keyOf(topic),
                  topic.partitionedBy() == Topic.PartitionedBy.NOTHING
                      ? "- (one)"
                      : lower(topic.partitionedBy()),
                  topic.isCompacted() ? "compact" : "delete after " + topic.retention(),
                  lower(topic.writer()),
                  topic.readers().isEmpty()
                      ? "anyone"
                      : topic.readers().stream()
                          .sorted()
                          .map(TopicTable::lower)
                          .collect(Collectors.joining(", "))));
    }
    return text.toString();
  }

  static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
