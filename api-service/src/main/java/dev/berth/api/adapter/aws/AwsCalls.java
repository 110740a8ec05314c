package dev.berth.api.adapter.aws;

import dev.berth.api.application.access.Caller;
import dev.berth.api.application.access.Callers;
import dev.berth.api.application.access.IncomingRequest;
import dev.berth.api.domain.problem.ProblemException;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import software.amazon.awssdk.awscore.AwsRequest;

/**
 * Answers calls of the AWS wire: finds the protocol and the operation, identifies the caller, reads
 * the input, asks for the permission, carries the operation out, and writes the output or the
 * error.
 */
@ApplicationScoped
public class AwsCalls {
  private static final Logger LOG = Logger.getLogger(AwsCalls.class);
  private static final Logger CHANGES = Logger.getLogger("dev.berth.api.changes");
  private static final Set<String> READING = Set.of("Describe", "List", "Get", "Discover");

  private final OperationTable table;
  private final Callers callers;
  private final List<WireProtocol> protocols;
  private final WireProtocol fallback;

  public AwsCalls(
      OperationTable table,
      Callers callers,
      @All List<WireProtocol> protocols,
      JsonProtocol fallback) {
    this.table = table;
    this.callers = callers;
    this.protocols = protocols;
    this.fallback = fallback;
  }

  /** Answers a call; never fails. */
  public Uni<WireAnswer> answer(IncomingRequest request, String requestId) {
    WireProtocol protocol =
        protocols.stream().filter(one -> one.recognizes(request)).findFirst().orElse(fallback);
    return Uni.createFrom()
        .deferred(() -> carriedOut(protocol, request, requestId))
        .onFailure()
        .recoverWithItem(failure -> refused(protocol, request, failure, requestId));
  }

  private Uni<WireAnswer> carriedOut(
      WireProtocol protocol, IncomingRequest request, String requestId) {
    WireProtocol.Target target = protocol.target(request);
    return callers
        .identify(request, target.service().name())
        .chain(
            caller -> {
              ModelOperation operation =
                  target
                      .service()
                      .model()
                      .operation(target.operation())
                      .orElseThrow(
                          () ->
                              AwsError.unknownOperation(
                                  "There is no operation "
                                      + shortened(target.operation())
                                      + " of "
                                      + target.service().name()
                                      + "."));
              OperationTable.Entry<?, ?> entry =
                  table.find(operation).orElseThrow(() -> unsupported(operation));
              AwsRequest input = protocol.read(operation, request);
              table.checkMembers(input);
              return callers
                  .authorize(caller, entry.action(), entry.resourcesOf(input))
                  .chain(() -> entry.handle(input, caller))
                  .invoke(output -> log(entry, caller, requestId))
                  .map(output -> protocol.answer(target, output, requestId));
            });
  }

  private ProblemException unsupported(ModelOperation operation) {
    return ProblemException.unsupported(
        operation.name() + " is not supported. " + table.reason(operation));
  }

  private static void log(OperationTable.Entry<?, ?> entry, Caller caller, String requestId) {
    String name = entry.action().substring(entry.action().indexOf(':') + 1);
    if (READING.stream().noneMatch(name::startsWith)) {
      CHANGES.infof("%s by %s: %s", entry.action(), caller.arn(), requestId);
    }
  }

  private static WireAnswer refused(
      WireProtocol protocol, IncomingRequest request, Throwable failure, String requestId) {
    AwsError error = AwsError.of(failure);
    if (error.status() >= 500) {
      LOG.errorf(failure, "Request %s of the AWS wire failed", requestId);
    }
    return protocol.error(request, error, requestId);
  }

  private static String shortened(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "…";
  }
}
