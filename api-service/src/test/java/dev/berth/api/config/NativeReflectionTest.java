package dev.berth.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.Topic;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NativeReflectionTest {
  @Test
  void allThatTheRecordsOfTheApisTopicsAreMadeOfIsRegistered() {
    Set<Class<?>> used = new LinkedHashSet<>();
    for (Topic topic : Topic.values()) {
      if (topic.writer() == Topic.Role.API || topic.readers().contains(Topic.Role.API)) {
        collect(topic.recordType(), used);
      }
    }

    assertThat(NativeReflection.class.getAnnotation(RegisterForReflection.class).targets())
        .containsAll(used);
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
