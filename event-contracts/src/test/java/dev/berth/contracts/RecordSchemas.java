package dev.berth.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;

/** The JSON Schema of each record, made from its Java type. */
final class RecordSchemas {
  private static final SchemaGenerator GENERATOR =
      new SchemaGenerator(
          new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
              .with(new JacksonModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
              .with(Option.EXTRA_OPEN_API_FORMAT_VALUES, Option.DEFINITIONS_FOR_ALL_OBJECTS)
              .with(
                  builder ->
                      builder
                          .forFields()
                          .withRequiredCheck(
                              field -> field.getType().getErasedType().isPrimitive()))
              .build());

  private RecordSchemas() {}

  static ObjectNode of(Topic topic) {
    ObjectNode schema = GENERATOR.generateSchema(topic.recordType());
    schema.put("title", topic.recordType().getSimpleName());
    schema.put("description", "Value of " + topic.topicName());
    return schema;
  }

  static String fileName(Topic topic) {
    return topic.topicName() + ".schema.json";
  }

  static String pretty(JsonNode node) {
    return node.toPrettyString().replace("\r\n", "\n") + "\n";
  }
}
