package dev.berth.api.adapter.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.adapter.aws.ecs.EcsService;
import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;

/** Asks for every operation that the model has. */
@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class WholeModelTest {
  private static final String MODEL = "software.amazon.awssdk.services.ecs.model.";

  @TestHTTPResource("/")
  URI endpoint;

  @Inject OperationTable table;
  @Inject SystemOfRecord systemOfRecord;

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void everyOperationHasAnAnswerOfTheModel() throws IOException {
    await().until(systemOfRecord::isReady);
    WireCalls calls = new WireCalls(endpoint);
    Set<String> supported = table.supported(EcsService.ECS);
    for (ModelOperation operation : EcsService.ECS.model().operations()) {
      HttpResponse<String> answer =
          calls.ecs(operation.name(), "{}".getBytes(StandardCharsets.UTF_8));

      JsonNode body = mapper.readTree(answer.body());
      if (answer.statusCode() == 200) {
        assertThat(supported).contains(operation.name());
        onlyKnownMembers(body, emptyResponse(operation).sdkFields(), operation.name());
      } else {
        assertThat(answer.statusCode()).as("%s: %s", operation.name(), body).isEqualTo(400);
        String code = body.path("__type").asText();
        assertThat(isOfTheModel(code)).as("%s: %s", operation.name(), body).isTrue();
        if (code.equals("UnsupportedFeatureException")) {
          assertThat(supported).doesNotContain(operation.name());
        } else {
          assertThat(table.find(operation)).as("%s: %s", operation.name(), body).isPresent();
        }
      }
    }
  }

  private static boolean isOfTheModel(String code) {
    try {
      Class.forName(MODEL + code);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static SdkPojo emptyResponse(ModelOperation operation) {
    try {
      return (SdkPojo) operation.responseType().getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void onlyKnownMembers(JsonNode node, Iterable<SdkField<?>> fields, String where) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      SdkField<?> field = null;
      for (SdkField<?> one : fields) {
        field = one.locationName().equals(member.getKey()) ? one : field;
      }
      String at = where + "." + member.getKey();
      assertThat(field).as(at).isNotNull();
      if (field.constructor() != null && member.getValue().isObject()) {
        onlyKnownMembers(member.getValue(), field.constructor().get().sdkFields(), at);
      }
      ListTrait list = field.getTrait(ListTrait.class);
      if (list != null && list.memberFieldInfo().constructor() != null) {
        Iterable<SdkField<?>> of =
            ((SdkPojo) list.memberFieldInfo().constructor().get()).sdkFields();
        member.getValue().forEach(element -> onlyKnownMembers(element, of, at));
      }
    }
  }
}
