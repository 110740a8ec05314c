package dev.berth.api.adapter.aws;

import dev.berth.api.application.access.IncomingRequest;
import dev.berth.api.application.port.SystemOfRecord;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** {@code POST /}: where all the AWS protocols that name their operation in the request go. */
@ApplicationScoped
public class AwsEndpoint {
  /** Bodies may have as many bytes. */
  static final int LARGEST_BODY = 1024 * 1024;

  private static final int BEFORE_REST = -5;

  private final AwsCalls calls;
  private final JsonProtocol fallback;
  private final SystemOfRecord systemOfRecord;
  private final InstantSource clock;
  private final OperationTable table;

  public AwsEndpoint(
      AwsCalls calls,
      JsonProtocol fallback,
      SystemOfRecord systemOfRecord,
      InstantSource clock,
      OperationTable table) {
    this.calls = calls;
    this.fallback = fallback;
    this.systemOfRecord = systemOfRecord;
    this.clock = clock;
    this.table = table;
  }

  /**
   * Looks through the models while the database is waited for: it takes too long for the start, and
   * for a first request.
   */
  void warm(@Observes StartupEvent start) {
    Infrastructure.getDefaultWorkerPool().execute(table::services);
  }

  void install(@Observes Router router) {
    router.route(HttpMethod.POST, "/").order(BEFORE_REST).handler(this::read);
  }

  /** Reads the body to its end in any case, or the client would never see the answer. */
  private void read(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!"/".equals(request.path())) {
      context.next();
      return;
    }
    Buffer body = Buffer.buffer();
    boolean[] tooLarge = {false};
    request.handler(
        part -> {
          tooLarge[0] |= body.length() + part.length() > LARGEST_BODY;
          if (!tooLarge[0]) {
            body.appendBuffer(part);
          }
        });
    request.exceptionHandler(context::fail);
    request.endHandler(end -> answer(context, incoming(request, body.getBytes()), tooLarge[0]));
    request.resume();
  }

  private void answer(RoutingContext context, IncomingRequest request, boolean tooLarge) {
    String requestId = UUID.randomUUID().toString();
    Uni<WireAnswer> answer;
    if (tooLarge) {
      answer =
          refused(
              request,
              new AwsError(
                  "RequestEntityTooLargeException",
                  413,
                  "The body is larger than " + LARGEST_BODY + " bytes."),
              requestId);
    } else if (!systemOfRecord.isReady()) {
      answer =
          refused(
              request,
              new AwsError("ServerException", 503, "The service is starting; try again."),
              requestId);
    } else {
      answer = calls.answer(request, requestId);
    }
    answer.subscribe().with(written -> write(context, written, requestId), context::fail);
  }

  private ZonedDateTime now() {
    return clock.instant().atZone(ZoneOffset.UTC);
  }

  private Uni<WireAnswer> refused(IncomingRequest request, AwsError error, String requestId) {
    return Uni.createFrom().item(fallback.error(request, error, requestId));
  }

  private void write(RoutingContext context, WireAnswer answer, String requestId) {
    context
        .response()
        .setStatusCode(answer.status())
        .putHeader("Content-Type", answer.contentType())
        .putHeader("x-amzn-RequestId", requestId)
        // Clients whose clock is wrong correct it by this one, and sign again.
        .putHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now()))
        .end(Buffer.buffer(answer.body()));
  }

  private static IncomingRequest incoming(HttpServerRequest request, byte[] body) {
    Map<String, List<String>> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            (name, value) ->
                headers
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                    .add(value));
    if (!headers.containsKey("host") && request.authority() != null) {
      headers.put("host", List.of(request.authority().toString()));
    }
    return new IncomingRequest(
        request.method().name(),
        request.path(),
        request.query() == null ? "" : request.query(),
        headers,
        body);
  }
}
