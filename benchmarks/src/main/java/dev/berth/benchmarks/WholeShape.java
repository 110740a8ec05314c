package dev.berth.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Fills every member of a shape, of the shapes in it as well; lists and maps hold two. */
final class WholeShape {
  private static final int ENTRIES = 2;

  private WholeShape() {}

  /** Sets every member that a body has; a request's own additions of the SDK aren't among them. */
  static void fill(SdkPojo builder) {
    for (SdkField<?> field : builder.sdkFields()) {
      field.set(builder, value(field, 0));
    }
  }

  private static Object value(SdkField<?> field, int number) {
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> field.memberName() + " in the usual length of a text, " + number;
      case INTEGER -> 1024 + number;
      case LONG -> 1_700_000_000_000L + number;
      case SHORT -> (short) number;
      case BYTE -> (byte) number;
      case DOUBLE -> 0.5 + number;
      case FLOAT -> 0.5f + number;
      case BOOLEAN -> true;
      case INSTANT -> Instant.ofEpochSecond(1_700_000_000L + number);
      case SDK_BYTES -> SdkBytes.fromUtf8String("bytes " + number);
      case SDK_POJO -> {
        SdkPojo builder = field.constructor().get();
        fill(builder);
        yield ((Buildable) builder).build();
      }
      case LIST -> {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
          list.add(value(field.getTrait(ListTrait.class).memberFieldInfo(), i));
        }
        yield list;
      }
      case MAP -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < ENTRIES; i++) {
          map.put("key-" + i, value(field.getTrait(MapTrait.class).valueFieldInfo(), i));
        }
        yield map;
      }
      case BIG_DECIMAL, DOCUMENT, NULL ->
          throw new IllegalStateException("ECS has no such member: " + field.memberName());
    };
  }
}
