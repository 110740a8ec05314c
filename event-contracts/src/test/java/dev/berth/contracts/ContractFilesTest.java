package dev.berth.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContractFilesTest {
  private static final Path SCHEMAS = CommittedFile.RESOURCES.resolve("schemas");
  private static final Path GOLDEN = CommittedFile.MODULE.resolve("src/test/resources/golden");
  private static final ObjectMapper MAPPER = EventJson.newMapper();

  @ParameterizedTest
  @EnumSource(Topic.class)
  void theCommittedSchemaIsTheRecords(Topic topic) throws IOException {
    CommittedFile.assertIs(
        SCHEMAS.resolve(RecordSchemas.fileName(topic)),
        RecordSchemas.pretty(RecordSchemas.of(topic)));
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void aRecordWithAllMembersSurvivesTheTrip(Topic topic) {
    Object full = SampleRecords.full(topic.recordType());

    Object read = EventJson.read(EventJson.write(full), topic.recordType());

    assertThat(read).isEqualTo(full);
  }

  /** A golden file is never edited: what was once written must stay readable for ever. */
  @ParameterizedTest
  @EnumSource(Topic.class)
  void goldenFilesAreReadWholeAndFitTheSchema(Topic topic) throws IOException {
    Path folder = GOLDEN.resolve(topic.topicName());
    Files.createDirectories(folder);
    List<Path> files = files(folder);
    JsonNode full = MAPPER.readTree(EventJson.write(SampleRecords.full(topic.recordType())));
    if (Boolean.getBoolean("berth.update") && !holdsOne(files, full)) {
      Path next = folder.resolve("%03d-all-members.json".formatted(files.size() + 1));
      Files.writeString(next, RecordSchemas.pretty(full), UTF_8);
      files = files(folder);
    }
    assertThat(holdsOne(files, full)).as("%s has a file with all members", folder).isTrue();
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(RecordSchemas.of(topic));
    for (Path file : files) {
      JsonNode golden = MAPPER.readTree(Files.readString(file, UTF_8));
      Object record = EventJson.read(Files.readAllBytes(file), topic.recordType());
      JsonNode again = MAPPER.readTree(EventJson.write(record));
      assertThat(again).as("%s keeps each member", file).isEqualTo(golden);
      assertThat(schema.validate(golden)).as("%s fits its schema", file).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void aReaderIgnoresMembersThatItDoesNotKnow(Topic topic) throws IOException {
    Object full = SampleRecords.full(topic.recordType());
    var tree = (com.fasterxml.jackson.databind.node.ObjectNode) MAPPER.valueToTree(full);
    tree.put("addedInALaterVersion", "x");

    assertThat(EventJson.read(MAPPER.writeValueAsBytes(tree), topic.recordType())).isEqualTo(full);
  }

  @Test
  void theAsyncApiDocumentIsTheCode() throws IOException {
    CommittedFile.assertIs(CommittedFile.RESOURCES.resolve("asyncapi.yaml"), AsyncApi.yaml());
  }

  @Test
  void theTopicTableOfTheDocsIsTheCode() throws IOException {
    Path docs = CommittedFile.DOCS.resolve("topics.md");
    String text = Files.readString(docs, UTF_8);
    int from = text.indexOf(TopicTable.BEGIN);
    int to = text.indexOf(TopicTable.END);
    assertThat(from).as("%s has the markers of the table", docs).isNotNegative().isLessThan(to);
    CommittedFile.assertIs(
        docs, text.substring(0, from) + TopicTable.markdown() + text.substring(to));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.sorted().toList();
    }
  }

  private static boolean holdsOne(List<Path> files, JsonNode wanted) throws IOException {
    for (Path file : files) {
      if (MAPPER.readTree(Files.readString(file, UTF_8)).equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
