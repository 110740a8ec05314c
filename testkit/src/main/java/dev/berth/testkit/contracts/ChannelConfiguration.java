package dev.berth.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checks that a service's {@code application.properties} connects just the channels that the
 * contracts give it: each topic it may read is read, each it writes is written, no other is named;
 * and that what it writes survives an emptied log.
 */
public final class ChannelConfiguration {
  private static final String INCOMING = "mp.messaging.incoming.";
  private static final String OUTGOING = "mp.messaging.outgoing.";
  private static final String TOPIC = ".topic";
  private static final Map<String, String> PLAIN_WRITER =
      Map.of(
          "acks", "all",
          "enable.idempotence", "false",
          "max.in.flight.requests.per.connection", "1");

  private ChannelConfiguration() {}

  /**
   * Checks the configuration of {@code role} on the class path.
   *
   * @param withoutChannel topics that this service reads or writes by a client of its own, for a
   *     reason that its ADR gives
   */
  public static void check(Topic.Role role, Set<Topic> withoutChannel) {
    Properties properties = load();
    Set<String> read = new TreeSet<>();
    Set<String> written = new TreeSet<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(INCOMING) && name.endsWith(TOPIC)) {
        read.add(properties.getProperty(name));
      } else if (name.startsWith(OUTGOING) && name.endsWith(TOPIC)) {
        written.add(properties.getProperty(name));
      }
    }
    written.remove(Topic.deadLetterTopic(role));
    Set<String> mayRead = new TreeSet<>();
    Set<String> mayWrite = new TreeSet<>();
    for (Topic topic : EnumSet.complementOf(copyOf(withoutChannel))) {
      if (topic.readers().contains(role)) {
        mayRead.add(topic.topicName());
      }
      if (topic.writer() == role) {
        mayWrite.add(topic.topicName());
      }
    }
    assertThat(read).as("topics that %s reads", role).isEqualTo(mayRead);
    assertThat(written).as("topics that %s writes", role).isEqualTo(mayWrite);
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(OUTGOING) && name.endsWith(TOPIC)) {
        checkWriter(properties, name.substring(0, name.length() - TOPIC.length()));
      }
    }
  }

  /**
   * An idempotent producer that outlives an emptied log shares its producer id with another one of
   * the new log: its records are refused, or taken for duplicates and dropped. Without idempotence
   * only one request in flight keeps the order while the client retries.
   */
  private static void checkWriter(Properties properties, String channel) {
    Map<String, String> settings = new TreeMap<>();
    for (String setting : PLAIN_WRITER.keySet()) {
      settings.put(setting, properties.getProperty(channel + "." + setting));
    }
    assertThat(settings).as("settings of %s", channel).isEqualTo(PLAIN_WRITER);
  }

  private static EnumSet<Topic> copyOf(Set<Topic> topics) {
    return topics.isEmpty() ? EnumSet.noneOf(Topic.class) : EnumSet.copyOf(topics);
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in =
        Thread.currentThread()
            .getContextClassLoader()
            .getResourceAsStream("application.properties")) {
      assertThat(in).as("application.properties").isNotNull();
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
