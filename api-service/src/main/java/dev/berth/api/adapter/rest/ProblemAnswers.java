package dev.berth.api.adapter.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds to each operation the errors that it can answer with, and to lists their two parameters. */
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
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "maxResults", "How many to answer with at most: 1 to 100 (100).",
          "nextToken", "Where to go on, as the page before said.",
          "cluster", "The cluster's name.",
          "force", "Do it in spite of running tasks.");

  @Override
  public void filterOpenAPI(OpenAPI document) {
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
      operation.getRequestBody().setRequired(true);
    }
    if (takesParameters) {
      operation.getParameters().forEach(ProblemAnswers::describe);
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
  }

  private static void describe(Parameter parameter) {
    if (parameter.getDescription() == null) {
      parameter.setDescription(PARAMETERS.get(parameter.getName()));
    }
  }

  private static void add(Operation operation, String status) {
    if (operation.getResponses().hasAPIResponse(status)) {
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
                                OASFactory.createSchema()
                                    .ref("#/components/schemas/" + ApiDocument.PROBLEM))));
    operation.getResponses().addAPIResponse(status, answer);
  }
}
