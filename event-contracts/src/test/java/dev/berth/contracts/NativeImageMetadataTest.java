package dev.berth.contracts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A native executable knows by reflection only what it was told of at build time. The jar itself
 * tells it of every record that crosses a topic, so that no service repeats the list.
 */
class NativeImageMetadataTest {
  private static final Path FILE =
      CommittedFile.MODULE.resolve(
          "src/main/resources/META-INF/native-image/dev.berth/event-contracts/reflect-config.json");

  @Test
  void allThatTheRecordsAreMadeOfIsReachableInANativeExecutable() throws IOException {
    Set<Class<?>> used = new TreeSet<>(Comparator.comparing(Class::getName));
    for (Topic topic : Topic.values()) {
      collect(topic.recordType(), used);
    }

    ArrayNode entries = EventJson.newMapper().createArrayNode();
    for (Class<?> type : used) {
      entries
          .addObject()
          .put("name", type.getName())
          .put("allDeclaredConstructors", true)
          .put("allDeclaredMethods", true)
          .put("allDeclaredFields", true)
          .put("allRecordComponents", true);
    }

    CommittedFile.assertIs(FILE, RecordSchemas.pretty(entries));
  }

  private static void collect(Type type, Set<Class<?>> found) {
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        collect(argument, found);
      }
    } else if (type instanceof Class<?> used
        && used.getName().startsWith("dev.berth.contracts.")
        && found.add(used)
        && used.isRecord()) {
      for (RecordComponent component : used.getRecordComponents()) {
        collect(component.getGenericType(), found);
      }
    }
  }
}
