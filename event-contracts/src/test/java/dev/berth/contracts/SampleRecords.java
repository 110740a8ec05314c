package dev.berth.contracts;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A record with each member filled by something that could stand there, the same at each run. */
final class SampleRecords {
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.250Z");
  private static final String TASK = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  private static final String INSTANCE = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
  private static final String GROUP_ARN =
      "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/web/6d0ecf831eec9f09";
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("cluster", "production"),
          Map.entry("clusterArn", "arn:aws:ecs:us-east-1:000000000000:cluster/production"),
          Map.entry("serviceName", "web"),
          Map.entry("serviceId", "5c2f9a7e1b3d4f60"),
          Map.entry("serviceArn", "arn:aws:ecs:us-east-1:000000000000:service/production/web"),
          Map.entry("taskId", TASK),
          Map.entry("taskArn", "arn:aws:ecs:us-east-1:000000000000:task/production/" + TASK),
          Map.entry(
              "taskDefinitionArn", "arn:aws:ecs:us-east-1:000000000000:task-definition/web:7"),
          Map.entry("containerInstanceId", INSTANCE),
          Map.entry("containerInstance", INSTANCE),
          Map.entry("installationId", "b3c1f2a4-5d6e-4f70-8a91-b2c3d4e5f607"),
          Map.entry("deploymentId", "ecs-svc/1234567890123456789"),
          Map.entry("targetGroupArn", GROUP_ARN),
          Map.entry("targetId", TASK + ":8080"),
          Map.entry("lbInstanceId", "lb-1"),
          Map.entry("loadBalancerName", "front"),
          Map.entry("targetGroupName", "web"),
          Map.entry("hostAddress", "192.0.2.10"),
          Map.entry("host", "192.0.2.10"),
          Map.entry("availabilityZone", "local-1a"),
          Map.entry("logsUrl", "http://192.0.2.10:8082"),
          Map.entry("image", "nginx:1.27"),
          Map.entry("family", "web"),
          Map.entry("group", "service:web"),
          Map.entry("matcher", "200-299"),
          Map.entry("path", "/health"),
          Map.entry("message", "(service web) has reached a steady state."),
          Map.entry("stoppedReason", "Essential container in task exited"),
          Map.entry("detailType", "ECS Task State Change"),
          Map.entry("cpu", "256"),
          Map.entry("memory", "512"));

  private SampleRecords() {}

  static <T> T full(Class<T> type) {
    return type.cast(value("sample", type, type));
  }

  private static Object value(String name, Class<?> raw, Type type) {
    if (raw == String.class) {
      return TEXTS.getOrDefault(name, "sample-" + name);
    } else if (raw == int.class || raw == Integer.class) {
      return name.toLowerCase(java.util.Locale.ROOT).endsWith("port") ? 8080 : 3;
    } else if (raw == long.class || raw == Long.class) {
      return 42L;
    } else if (raw == double.class || raw == Double.class) {
      return 2.5;
    } else if (raw == boolean.class || raw == Boolean.class) {
      return true;
    } else if (raw == Instant.class) {
      return TIME;
    } else if (raw == Object.class) {
      return "sample";
    } else if (raw.isEnum()) {
      return raw.getEnumConstants()[0];
    } else if (raw == List.class) {
      return List.of(value(name, argument(type, 0), argumentType(type, 0)));
    } else if (raw == Map.class) {
      return Map.of("key", value(name, argument(type, 1), argumentType(type, 1)));
    } else if (raw.isRecord()) {
      return newRecord(raw);
    }
    throw new IllegalStateException("No sample for " + raw + ": add one here");
  }

  private static Object newRecord(Class<?> type) {
    RecordComponent[] members = type.getRecordComponents();
    Object[] values =
        Arrays.stream(members)
            .map(member -> value(member.getName(), member.getType(), member.getGenericType()))
            .toArray();
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(members).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make a " + type, e);
    }
  }

  private static Class<?> argument(Type type, int index) {
    Type argument = argumentType(type, index);
    return (Class<?>)
        (argument instanceof ParameterizedType nested ? nested.getRawType() : argument);
  }

  private static Type argumentType(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
