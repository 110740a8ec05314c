package dev.berth.contracts.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a comparison looks at, and which operators ECS allows for it. */
record Subject(Kind kind, String attribute) {
  private static final String ATTRIBUTE = "attribute:";
  private static final Set<Operator> TEXT =
      EnumSet.of(
          Operator.EQUALS,
          Operator.NOT_EQUALS,
          Operator.IN,
          Operator.NOT_IN,
          Operator.MATCHES,
          Operator.NOT_MATCHES);
  private static final Set<Operator> ORDERED =
      EnumSet.of(
          Operator.EQUALS,
          Operator.NOT_EQUALS,
          Operator.GREATER_THAN,
          Operator.GREATER_THAN_EQUAL,
          Operator.LESS_THAN,
          Operator.LESS_THAN_EQUAL);

  /** The subjects of the language. */
  enum Kind {
    AGENT_CONNECTED("agentConnected"),
    AGENT_VERSION("agentVersion"),
    EC2_INSTANCE_ID("ec2InstanceId"),
    REGISTERED_AT("registeredAt"),
    RUNNING_TASKS_COUNT("runningTasksCount"),
    TASK_GROUP("task:group"),
    ATTRIBUTE("attribute:<name>");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  static Subject of(String word) throws UnreadableQueryException {
    if (word.startsWith(ATTRIBUTE) && word.length() > ATTRIBUTE.length()) {
      return new Subject(Kind.ATTRIBUTE, word.substring(ATTRIBUTE.length()));
    }
    for (Kind kind : Kind.values()) {
      if (kind != Kind.ATTRIBUTE && kind.word.equals(word)) {
        return new Subject(kind, null);
      }
    }
    throw new UnreadableQueryException(
        "'"
            + word
            + "' is no subject; agentConnected, agentVersion, attribute:<name>, ec2InstanceId,"
            + " registeredAt, runningTasksCount and task:group are");
  }

  Set<Operator> operators() {
    return switch (kind) {
      case ATTRIBUTE -> EnumSet.allOf(Operator.class);
      case AGENT_CONNECTED, EC2_INSTANCE_ID, TASK_GROUP -> TEXT;
      case AGENT_VERSION, REGISTERED_AT, RUNNING_TASKS_COUNT -> ORDERED;
    };
  }

  String word() {
    return kind == Kind.ATTRIBUTE ? ATTRIBUTE + attribute : kind.word;
  }

  Collection<String> values(InstanceFacts instance) {
    return switch (kind) {
      case AGENT_CONNECTED -> List.of(String.valueOf(instance.agentConnected()));
      case AGENT_VERSION -> one(instance.agentVersion());
      case EC2_INSTANCE_ID -> one(instance.ec2InstanceId());
      case REGISTERED_AT ->
          instance.registeredAt() == null ? List.of() : List.of(instance.registeredAt().toString());
      case RUNNING_TASKS_COUNT -> List.of(String.valueOf(instance.runningTasksCount()));
      case TASK_GROUP -> instance.taskGroups();
      case ATTRIBUTE -> one(instance.attribute(attribute));
    };
  }

  private static List<String> one(String value) {
    return value == null ? List.of() : List.of(value);
  }

  /** Makes a value of a query comparable with the subject's, or says why it can't be. */
  Ordered ordered(String argument) throws UnreadableQueryException {
    switch (kind) {
      case RUNNING_TASKS_COUNT -> {
        try {
          long count = Long.parseLong(argument);
          return value -> Long.compare(Long.parseLong(value), count);
        } catch (NumberFormatException e) {
          throw new UnreadableQueryException("'" + argument + "' is no number of tasks");
        }
      }
      case REGISTERED_AT -> {
        Instant time = time(argument);
        return value -> Instant.parse(value).compareTo(time);
      }
      default -> {
        return value -> compareVersions(value, argument);
      }
    }
  }

  /** How a subject's value stands to an argument: below 0, 0, or above. */
  interface Ordered {
    int compare(String value);
  }

  private static Instant time(String text) throws UnreadableQueryException {
    try {
      if (text.length() == "2018-06-18".length()) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      return text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > 9
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new UnreadableQueryException(
          "'"
              + text
              + "' is no time; 2018-06-18T22:28:28+00:00, 2018-06-18T22:28:28Z,"
              + " 2018-06-18T22:28:28 and 2018-06-18 are");
    }
  }

  /** Numbers and versions by their numbers, anything else by its characters. */
  private static int compareVersions(String left, String right) {
    String[] a = left.split("\\.", -1);
    String[] b = right.split("\\.", -1);
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      int order =
          isNumber(a[i]) && isNumber(b[i])
              ? Long.compare(Long.parseLong(a[i]), Long.parseLong(b[i]))
              : a[i].compareTo(b[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length, b.length);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.length() < 18 && text.chars().allMatch(Character::isDigit);
  }
}
