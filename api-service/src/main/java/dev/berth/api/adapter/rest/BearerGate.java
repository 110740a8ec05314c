package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.application.access.Authentication;
import dev.berth.api.application.port.SystemOfRecord;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Stands before everything but health, metrics, the API's own description and the AWS wire (which
 * identifies its callers itself): no path, known or not, is answered without a token. It also turns
 * away bodies that say how large they are.
 */
@ApplicationScoped
public class BearerGate {
  /** Bodies may have as many bytes. */
  static final int LARGEST_BODY = 1024 * 1024;

  private static final String OPEN = "/q/";
  private static final String SCHEME = "bearer ";
  private static final int BEFORE_ALL = -10;

  private final Authentication authentication;
  private final SystemOfRecord systemOfRecord;
  private final ObjectMapper mapper;
  private final Vertx vertx;

  public BearerGate(
      Authentication authentication,
      SystemOfRecord systemOfRecord,
      ObjectMapper mapper,
      Vertx vertx) {
    this.authentication = authentication;
    this.systemOfRecord = systemOfRecord;
    this.mapper = mapper;
    this.vertx = vertx;
  }

  void install(@Observes Router router) {
    router.route().order(BEFORE_ALL).handler(this::check);
  }

  private void check(RoutingContext request) {
    if (request.normalizedPath().startsWith(OPEN) || isAwsCall(request)) {
      request.next();
    } else if (!systemOfRecord.isReady()) {
      request.response().putHeader("Retry-After", "1");
      refuse(request, 503, "ServerException", "The service is starting; try again.");
    } else {
      Optional<String> token = token(request.request());
      if (token.isEmpty()) {
        unauthorized(request, "Bearer realm=\"berth\"", "A bearer token is required.");
      } else if (authentication.ownerOf(token.get()).isPresent()) {
        admit(request);
      } else if (authentication.mayReadAgain()) {
        readAgain(request, token.get());
      } else {
        wrongToken(request);
      }
    }
  }

  private static boolean isAwsCall(RoutingContext request) {
    return HttpMethod.POST.equals(request.request().method())
        && "/".equals(request.request().path());
  }

  private void readAgain(RoutingContext request, String token) {
    request.request().pause();
    Context context = VertxContext.getOrCreateDuplicatedContext(vertx);
    VertxContextSafetyToggle.setContextSafe(context, true);
    context.runOnContext(
        nothing ->
            authentication
                .read()
                .subscribe()
                .with(
                    read -> {
                      request.request().resume();
                      if (authentication.ownerOf(token).isPresent()) {
                        admit(request);
                      } else {
                        wrongToken(request);
                      }
                    },
                    failure -> {
                      request.request().resume();
                      refuse(
                          request,
                          503,
                          "ServerException",
                          "The system of record can't be reached; try again.");
                    }));
  }

  private void admit(RoutingContext request) {
    String length = request.request().getHeader("Content-Length");
    if (length != null && length.length() < 19 && Long.parseLong(length) > LARGEST_BODY) {
      tooLarge(request);
    } else {
      request.next();
    }
  }

  /** Reads the body to its end before answering, or the client would never see the answer. */
  private void tooLarge(RoutingContext request) {
    request.request().handler(dropped -> {});
    request
        .request()
        .endHandler(
            end ->
                refuse(
                    request,
                    413,
                    "ClientException",
                    "The body is larger than " + LARGEST_BODY + " bytes."));
    request.request().resume();
  }

  private static Optional<String> token(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    return header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  private void wrongToken(RoutingContext request) {
    unauthorized(
        request,
        "Bearer realm=\"berth\", error=\"invalid_token\"",
        "The bearer token isn't known here.");
  }

  private void unauthorized(RoutingContext request, String challenge, String detail) {
    request.response().putHeader("WWW-Authenticate", challenge);
    refuse(request, 401, "AccessDeniedException", detail);
  }

  private void refuse(RoutingContext request, int status, String code, String detail) {
    Problem problem =
        Problem.of(HttpStatus.of(status), code, detail, request.request().path(), List.of());
    try {
      request
          .response()
          .setStatusCode(status)
          .putHeader("Content-Type", Problem.JSON)
          .end(mapper.writeValueAsString(problem));
    } catch (JsonProcessingException e) {
      request.fail(e);
    }
  }
}
