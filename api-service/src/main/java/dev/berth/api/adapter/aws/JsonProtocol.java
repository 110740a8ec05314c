package dev.berth.api.adapter.aws;

import dev.berth.api.adapter.aws.json.JsonShapes;
import dev.berth.api.adapter.aws.json.UnreadableShapeException;
import dev.berth.api.application.access.IncomingRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkPojo;

/**
 * AWS JSON 1.0 and 1.1 (Smithy: awsJson1_0, awsJson1_1): the operation stands in {@code
 * X-Amz-Target}, errors have {@code __type} and {@code message}.
 */
@ApplicationScoped
public class JsonProtocol implements WireProtocol {
  private static final String V1_0 = "application/x-amz-json-1.0";
  private static final String V1_1 = "application/x-amz-json-1.1";

  private final OperationTable table;
  private final JsonShapes shapes = new JsonShapes();

  public JsonProtocol(OperationTable table) {
    this.table = table;
  }

  @Override
  public boolean recognizes(IncomingRequest request) {
    String type = mediaType(request);
    return type.equals(V1_0) || type.equals(V1_1) || request.header("x-amz-target").isPresent();
  }

  @Override
  public Target target(IncomingRequest request) {
    String target =
        request
            .header("x-amz-target")
            .orElseThrow(() -> AwsError.unknownOperation("The header X-Amz-Target is missing."));
    String type = mediaType(request);
    if (!type.equals(V1_0) && !type.equals(V1_1)) {
      throw AwsError.serialization("The content type must be " + V1_1 + ".");
    }
    int dot = target.indexOf('.');
    return table
        .service(AwsService.Protocol.JSON, dot < 0 ? target : target.substring(0, dot))
        .map(service -> new Target(service, target.substring(dot + 1)))
        .orElseThrow(
            () ->
                AwsError.unknownOperation(
                    "The header X-Amz-Target names no service that is answered here."));
  }

  @Override
  public AwsRequest read(ModelOperation operation, IncomingRequest request) {
    try {
      AwsRequest.Builder builder = operation.emptyRequest().toBuilder();
      refuseReadOnly(operation, shapes.read(request.body(), (SdkPojo) builder));
      return builder.build();
    } catch (UnreadableShapeException e) {
      throw AwsError.serialization(e.getMessage());
    }
  }

  private void refuseReadOnly(ModelOperation operation, Set<String> unknown) {
    Set<String> readOnly = table.readOnly(operation);
    List<String> pasted = unknown.stream().filter(readOnly::contains).sorted().toList();
    if (!pasted.isEmpty()) {
      throw new AwsError(
          "ClientException",
          400,
          operation.name()
              + " takes no "
              + String.join(", ", pasted)
              + ": such members are only answered. Remove them from what was described.");
    }
  }

  @Override
  public WireAnswer answer(Target target, AwsResponse response, String requestId) {
    return new WireAnswer(200, V1_1, shapes.write(response));
  }

  @Override
  public WireAnswer error(IncomingRequest request, AwsError error, String requestId) {
    return new WireAnswer(error.status(), V1_1, shapes.error(error.code(), error.getMessage()));
  }

  private static String mediaType(IncomingRequest request) {
    String type = request.header("content-type").orElse("");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip();
  }
}
