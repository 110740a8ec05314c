package dev.berth.api.adapter.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Makes wrong requests of right ones. */
final class Mutations {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String[] TEXTS = {
    "",
    " ",
    "\u0000",
    "größe ♥",
    "../../x",
    "a".repeat(300),
    "x".repeat(70_000),
    "'; drop table x",
    "${jndi:x}",
    "UNKNOWN",
    "arn:aws:ecs:::",
    "-1",
    "\ud800",
    "%s%n",
    "1e9",
    "null"
  };
  private static final BigDecimal[] NUMBERS = {
    new BigDecimal("-1"), new BigDecimal("0"), new BigDecimal("2147483647"),
    new BigDecimal("2147483648"), new BigDecimal("9223372036854775808"), new BigDecimal("1.5"),
    new BigDecimal("1e300"), new BigDecimal("-2147483648")
  };

  private final ObjectMapper mapper = new ObjectMapper();
  private final Random random;

  Mutations(Random random) {
    this.random = random;
  }

  byte[] of(String json) throws JsonProcessingException {
    int kind = random.nextInt(10);
    if (kind == 0) {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    if (kind == 1) {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i <= random.nextInt(4); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      return bytes;
    }
    if (kind == 2) {
      int depth = 1 + random.nextInt(3_000);
      return json.replaceFirst(
              ":\\s*[\"\\[{0-9]", ":" + (random.nextBoolean() ? "[" : "{\"a\":").repeat(depth))
          .getBytes(StandardCharsets.UTF_8);
    }
    if (kind == 3) {
      // A name twice in one object.
      int at = json.indexOf('"');
      int end = json.indexOf(',');
      return end < 0
          ? (json + json).getBytes(StandardCharsets.UTF_8)
          : (json.substring(0, at) + json.substring(at, end + 1) + json.substring(at))
              .getBytes(StandardCharsets.UTF_8);
    }
    JsonNode root = mapper.readTree(json);
    List<Consumer<JsonNode>> places = new ArrayList<>();
    collect(root, places);
    for (int i = 0; i <= random.nextInt(2); i++) {
      places.get(random.nextInt(places.size())).accept(value());
    }
    return mapper.writeValueAsBytes(root);
  }

  private void collect(JsonNode node, List<Consumer<JsonNode>> places) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              member -> {
                places.add(value -> object.set(member.getKey(), value));
                collect(member.getValue(), places);
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        places.add(value -> array.set(at, value));
        collect(array.get(i), places);
      }
      if (!array.isEmpty()) {
        places.add(
            value -> {
              JsonNode first = array.get(0);
              for (int i = 0; i < 150; i++) {
                array.add(first.deepCopy());
              }
            });
      }
    }
  }

  private JsonNode value() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> NODES.textNode(TEXTS[random.nextInt(TEXTS.length)]);
      case 3, 4 -> NODES.numberNode(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 5 -> NODES.booleanNode(random.nextBoolean());
      case 6 -> random.nextBoolean() ? NODES.arrayNode().addNull() : NODES.arrayNode().add(1);
      default -> random.nextBoolean() ? NODES.nullNode() : NODES.objectNode().put("x", 1);
    };
  }
}
