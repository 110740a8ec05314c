package dev.berth.api.adapter.aws;

import dev.berth.api.adapter.aws.query.FormParameters;
import dev.berth.api.adapter.aws.query.FormShapes;
import dev.berth.api.adapter.aws.query.UnreadableFormException;
import dev.berth.api.adapter.aws.query.XmlShapes;
import dev.berth.api.application.access.IncomingRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkPojo;

/**
 * AWS Query and EC2's variant of it (Smithy: awsQuery, ec2Query): form parameters with {@code
 * Action} and {@code Version}, answered in XML. The version tells the services apart.
 */
@ApplicationScoped
public class QueryProtocol implements WireProtocol {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String XML = "text/xml";

  private final OperationTable table;
  private final FormShapes shapes = new FormShapes();

  public QueryProtocol(OperationTable table) {
    this.table = table;
  }

  @Override
  public boolean recognizes(IncomingRequest request) {
    return request.header("x-amz-target").isEmpty()
        && request
            .header("content-type")
            .map(type -> type.toLowerCase(Locale.ROOT).startsWith(FORM))
            .orElse(false);
  }

  @Override
  public Target target(IncomingRequest request) {
    FormParameters parameters = parameters(request);
    String action =
        parameters
            .value("Action")
            .orElseThrow(
                () -> new AwsError("MissingAction", 400, "The parameter Action is missing."));
    return service(parameters)
        .map(service -> new Target(service, action))
        .orElseThrow(
            () ->
                AwsError.unknownOperation(
                    "No service that is answered here has the Version of this request."));
  }

  private Optional<AwsService> service(FormParameters parameters) {
    String version = parameters.value("Version").orElse("");
    return table
        .service(AwsService.Protocol.QUERY, version)
        .or(() -> table.service(AwsService.Protocol.EC2, version));
  }

  private static FormParameters parameters(IncomingRequest request) {
    try {
      return FormParameters.of(request.body());
    } catch (UnreadableFormException e) {
      throw AwsError.serialization(e.getMessage());
    }
  }

  @Override
  public AwsRequest read(ModelOperation operation, IncomingRequest request) {
    try {
      AwsRequest.Builder builder = operation.emptyRequest().toBuilder();
      shapes.read(parameters(request), (SdkPojo) builder);
      return builder.build();
    } catch (UnreadableFormException e) {
      throw new AwsError("InvalidParameterException", 400, e.getMessage());
    }
  }

  @Override
  public WireAnswer answer(Target target, AwsResponse response, String requestId) {
    String outer = target.operation() + "Response";
    String inner = target.operation() + "Result";
    XmlShapes xml = new XmlShapes().open(outer, namespace(target.service()));
    if (target.service().protocol() == AwsService.Protocol.EC2) {
      xml.text("requestId", requestId);
      if (response.sdkFields().isEmpty()) {
        // What has nothing to tell says that it worked.
        xml.text("return", "true");
      }
      xml.members(response);
    } else {
      xml.open(inner)
          .members(response)
          .close(inner)
          .open("ResponseMetadata")
          .text("RequestId", requestId)
          .close("ResponseMetadata");
    }
    return new WireAnswer(200, XML, xml.close(outer).bytes());
  }

  @Override
  public WireAnswer error(IncomingRequest request, AwsError error, String requestId) {
    Optional<AwsService> service = serviceOf(request);
    boolean ec2 = service.map(one -> one.protocol() == AwsService.Protocol.EC2).orElse(false);
    String code = QueryErrors.code(error, ec2);
    int status = QueryErrors.status(error, ec2);
    XmlShapes xml = new XmlShapes();
    if (ec2) {
      xml.open("Response")
          .open("Errors")
          .open("Error")
          .text("Code", code)
          .text("Message", error.getMessage())
          .close("Error")
          .close("Errors")
          .text("RequestID", requestId)
          .close("Response");
    } else {
      xml.open("ErrorResponse", service.map(QueryProtocol::namespace).orElse(""))
          .open("Error")
          .text("Type", status < 500 ? "Sender" : "Receiver")
          .text("Code", code)
          .text("Message", error.getMessage())
          .close("Error")
          .text("RequestId", requestId)
          .close("ErrorResponse");
    }
    return new WireAnswer(status, XML, xml.bytes());
  }

  /** The service of a request that may not be readable. */
  private Optional<AwsService> serviceOf(IncomingRequest request) {
    try {
      return service(FormParameters.of(request.body()));
    } catch (UnreadableFormException e) {
      return Optional.empty();
    }
  }

  private static String namespace(AwsService service) {
    return service.name().equals("sts")
        ? "https://sts.amazonaws.com/doc/" + service.wireName() + "/"
        : "http://" + service.name() + ".amazonaws.com/doc/" + service.wireName() + "/";
  }
}
