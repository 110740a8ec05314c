package dev.berth.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Map;

/** The AsyncAPI 3 document of Berth's topics, made from {@link Topic} and the records. */
final class AsyncApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AsyncApi() {}

  static String yaml() throws IOException {
    return YAMLMapper.builder()
        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
        .disable(YAMLGenerator.Feature.SPLIT_LINES)
        .build()
        .writeValueAsString(document());
  }

  static ObjectNode document() {
    ObjectNode root = JSON.objectNode();
    root.put("asyncapi", "3.0.0");
    ObjectNode info = root.putObject("info");
    info.put("title", "Berth");
    info.put("version", "1.0.0");
    info.put(
        "description",
        "The topics by which Berth's services work together, and anyone's who wants to follow"
            + " them. Values are JSON; headers are CloudEvents 1.0 in the Kafka protocol binding's"
            + " binary mode. Within v1 members are only added; readers ignore what they don't know."
            + " A compacted topic's record carries a version that only grows for its key.");
    root.put("defaultContentType", "application/json");
    ObjectNode server = root.putObject("servers").putObject("kafka");
    server.put("host", "localhost:19092");
    server.put("protocol", "kafka");
    server.put(
        "description",
        "The Kafka that `./berth up` starts; any Kafka of version 3.9 or later will do");
    ObjectNode channels = root.putObject("channels");
    ObjectNode operations = root.putObject("operations");
    ObjectNode components = root.putObject("components");
    ObjectNode messages = components.putObject("messages");
    ObjectNode schemas = components.putObject("schemas");
    schemas.set("CloudEventHeaders", headers());
    for (Topic topic : Topic.values()) {
      String id = id(topic);
      String message = topic.recordType().getSimpleName();
      ObjectNode channel = channels.putObject(id);
      channel.put("address", topic.topicName());
      channel.put("description", describe(topic));
      channel
          .putObject("messages")
          .putObject(message)
          .put("$ref", "#/components/messages/" + message);
      bindings(channel, topic);
      messages.set(message, message(topic));
      operation(operations, topic, topic.writer(), "send");
      topic.readers().stream()
          .sorted()
          .forEach(role -> operation(operations, topic, role, "receive"));
      schemas.set(message, inlined(topic));
    }
    return root;
  }

  static String keyOf(Topic topic) {
    return switch (topic) {
      case CLUSTER_DESIRED, CAPACITY_EVENT -> "cluster";
      case SERVICE_DESIRED, SERVICE_STATUS, SERVICE_EVENT -> "cluster/serviceName";
      case TASK_DESIRED, TASK_VERDICT, TASK_ASSIGNMENT, TASK_ASSIGNED, TASK_STATUS -> "taskId";
      case CONTAINER_INSTANCE_DESIRED, CONTAINER_INSTANCE_STATUS, CONTAINER_INSTANCE_HEARTBEAT ->
          "containerInstanceId";
      case LOAD_BALANCER_DESIRED -> "loadBalancerName";
      case TARGET_DESIRED -> "targetGroupArn\\|targetId";
      case TARGET_STATUS -> "targetGroupArn\\|targetId\\|lbInstanceId";
      case LOAD_BALANCER_STATUS -> "loadBalancerArn\\|lbInstanceId";
      case EVENTS -> "resource ARN";
    };
  }

  private static String describe(Topic topic) {
    return "Key: %s. Written by %s only; %s."
        .formatted(
            keyOf(topic).replace("\\|", "|"),
            TopicTable.lower(topic.writer()),
            topic.isCompacted()
                ? "compacted, a tombstone deletes"
                : "kept for " + topic.retention());
  }

  private static void bindings(ObjectNode channel, Topic topic) {
    ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
    kafka.put("topic", topic.topicName());
    kafka.put("partitions", Partitions.DEFAULT.countOf(topic));
    ObjectNode configuration = kafka.putObject("topicConfiguration");
    configuration.putArray("cleanup.policy").add(topic.isCompacted() ? "compact" : "delete");
    if (!topic.isCompacted()) {
      configuration.put("retention.ms", topic.retention().toMillis());
    }
    kafka.put("bindingVersion", "0.5.0");
  }

  private static ObjectNode message(Topic topic) {
    ObjectNode message = JSON.objectNode();
    message.put("name", CloudEvents.type(topic));
    message.put("title", topic.recordType().getSimpleName());
    message.put("contentType", "application/json");
    message.putObject("headers").put("$ref", "#/components/schemas/CloudEventHeaders");
    message
        .putObject("payload")
        .put("$ref", "#/components/schemas/" + topic.recordType().getSimpleName());
    ObjectNode kafka = message.putObject("bindings").putObject("kafka");
    kafka
        .putObject("key")
        .put("type", "string")
        .put("description", keyOf(topic).replace("\\|", "|"));
    kafka.put("bindingVersion", "0.5.0");
    message
        .putArray("examples")
        .addObject()
        .set("payload", EventJson.newMapper().valueToTree(SampleRecords.full(topic.recordType())));
    return message;
  }

  private static void operation(
      ObjectNode operations, Topic topic, Topic.Role role, String action) {
    ObjectNode operation =
        operations.putObject(TopicTable.lower(role) + "." + action + "." + id(topic));
    operation.put("action", action);
    operation.put(
        "summary",
        "%s-service %ss %s".formatted(TopicTable.lower(role), action, topic.topicName()));
    operation.putObject("channel").put("$ref", "#/channels/" + id(topic));
  }

  /** Turns the schema's own definitions into components, as AsyncAPI wants its references. */
  private static ObjectNode inlined(Topic topic) {
    ObjectNode schema = RecordSchemas.of(topic);
    schema.remove("$schema");
    JsonNode definitions = schema.remove("$defs");
    if (definitions == null) {
      return schema;
    }
    String text = schema.toString();
    ObjectNode nested = JSON.objectNode();
    for (Map.Entry<String, JsonNode> definition : definitions.properties()) {
      nested.set(definition.getKey(), definition.getValue());
    }
    String base = "#/components/schemas/" + topic.recordType().getSimpleName() + "/$defs/";
    try {
      ObjectNode moved =
          (ObjectNode) EventJson.newMapper().readTree(text.replace("#/$defs/", base));
      moved.set(
          "$defs", EventJson.newMapper().readTree(nested.toString().replace("#/$defs/", base)));
      return moved;
    } catch (IOException e) {
      throw new IllegalStateException("A schema that was just written can't be read", e);
    }
  }

  private static ObjectNode headers() {
    ObjectNode headers = JSON.objectNode();
    headers.put("type", "object");
    ObjectNode properties = headers.putObject("properties");
    for (String name :
        new String[] {
          CloudEvents.SPEC_VERSION,
          CloudEvents.ID,
          CloudEvents.SOURCE,
          CloudEvents.TYPE,
          CloudEvents.SUBJECT,
          CloudEvents.TIME,
          CloudEvents.INSTALLATION_ID,
          CloudEvents.CONTENT_TYPE
        }) {
      properties.putObject(name).put("type", "string");
    }
    headers
        .putArray("required")
        .add(CloudEvents.SPEC_VERSION)
        .add(CloudEvents.ID)
        .add(CloudEvents.SOURCE)
        .add(CloudEvents.TYPE);
    return headers;
  }

  private static String id(Topic topic) {
    return topic.topicName().replace("berth.", "").replace(".v1", "").replace('.', '-');
  }
}
