package dev.berth.api.adapter.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Completes the OpenAPI document with what holds for all operations: the bearer token, the errors
 * they can answer with, and what their parameters mean.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemAnswers implements OASFilter {
  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "400", "The request is wrong; errors names each wrong member.",
          "401", "No bearer token, or one that isn't known.",
          "404", "Something that the path names doesn't exist.",
          "409", "The request contradicts the present state.",
          "413", "The body is larger than 1 MiB.",
          "415", "The body isn't application/json.",
          "503", "The system of record can't be reached at the moment.");
  private static final Set<String> CREATING =
      Set.of(
          "createCluster",
          "createService",
          "createLoadBalancer",
          "createListener",
          "createRule",
          "importCertificate",
          "createTargetGroup",
          "registerTaskDefinition");

  /** Those that take an {@link OptionalBody}. */
  private static final Set<String> BODY_OPTIONAL = Set.of("stopTask", "stopServiceDeployment");

  private static final String BEARER = "bearer";
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "maxResults", "How many to answer with at most: 1 to 100 (100).",
          "nextToken", "Where to go on, as the page before said.",
          "cluster", "The cluster's name.",
          "force", "Do it in spite of running tasks.");

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document
        .getComponents()
        .addSecurityScheme(
            BEARER,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme(BEARER)
                .description("The token in the credentials file."));
    document.getComponents().addSchema("Problem", problem()).addSchema("FieldError", fieldError());
    document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(BEARER));
    if (document.getPaths() == null || document.getPaths().getPathItems() == null) {
      return;
    }
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach((method, operation) -> complete(path, method, operation)));
  }

  private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
    if (!path.startsWith("/v1/")) {
      return;
    }
    boolean hasBody = operation.getRequestBody() != null;
    boolean takesParameters = operation.getParameters() != null;
    if (hasBody) {
      operation.getRequestBody().setRequired(!BODY_OPTIONAL.contains(operation.getOperationId()));
    }
    if (takesParameters) {
      operation.getParameters().forEach(ProblemAnswers::describe);
    }
    if (CREATING.contains(operation.getOperationId())) {
      APIResponse created = operation.getResponses().getAPIResponse("200");
      if (created != null) {
        operation.getResponses().removeAPIResponse("200");
        operation.getResponses().addAPIResponse("201", created.description("Created"));
      }
    }
    add(operation, "401");
    add(operation, "503");
    if (hasBody || takesParameters) {
      add(operation, "400");
    }
    if (path.contains("{")) {
      add(operation, "404");
    }
    if (method != PathItem.HttpMethod.GET) {
      add(operation, "409");
    }
    if (hasBody) {
      add(operation, "413");
      add(operation, "415");
    }
    operation
        .getResponses()
        .setAPIResponses(new TreeMap<>(operation.getResponses().getAPIResponses()));
  }

  private static Schema problem() {
    return object("A problem document (RFC 9457)")
        .addProperty("type", text("Names the kind of problem"))
        .addProperty("title", text("The HTTP status in words"))
        .addProperty(
            "status",
            OASFactory.createSchema()
                .addType(Schema.SchemaType.INTEGER)
                .description("The HTTP status"))
        .addProperty("detail", text("What went wrong here, in a sentence"))
        .addProperty("instance", text("The path that was asked for"))
        .addProperty("code", text("ECS's name of the error, such as ClusterNotFoundException"))
        .addProperty(
            "errors",
            OASFactory.createSchema()
                .addType(Schema.SchemaType.ARRAY)
                .description("Each wrong member of the request")
                .items(OASFactory.createSchema().ref("#/components/schemas/FieldError")));
  }

  private static Schema fieldError() {
    return object("A wrong member of a request")
        .addProperty(
            "field",
            text("Its path, such as containerDefinitions[0].portMappings[1].containerPort"))
        .addProperty("message", text("What it should have been"));
  }

  private static Schema object(String description) {
    return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT).description(description);
  }

  private static Schema text(String description) {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
  }

  private static void describe(Parameter parameter) {
    if (parameter.getDescription() == null) {
      parameter.setDescription(PARAMETERS.get(parameter.getName()));
    }
  }

  private static void add(Operation operation, String status) {
    APIResponse there = operation.getResponses().getAPIResponse(status);
    if (there != null && there.getContent() != null) {
      return;
    }
    APIResponse answer =
        OASFactory.createAPIResponse()
            .description(DESCRIPTIONS.get(status))
            .content(
                OASFactory.createContent()
                    .addMediaType(
                        Problem.JSON,
                        OASFactory.createMediaType()
                            .schema(
                                OASFactory.createSchema().ref("#/components/schemas/Problem"))));
    operation.getResponses().addAPIResponse(status, answer);
  }
}
