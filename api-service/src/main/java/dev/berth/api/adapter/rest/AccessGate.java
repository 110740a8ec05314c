package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.application.access.Authentication;
import dev.berth.api.application.access.Sha256;
import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.access.Principal;
import dev.berth.api.domain.access.RestPermissions;
import dev.berth.api.domain.access.SignatureClaim;
import dev.berth.api.domain.access.SignedRequest;
import dev.berth.api.domain.problem.ProblemException;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Stands before everything but health, metrics, the API's own description and the AWS wire (which
 * identifies its callers itself): no path, known or not, is answered to somebody who isn't known or
 * whose policy doesn't allow it. It also turns away bodies that say how large they are.
 */
@ApplicationScoped
public class AccessGate {
  /** Bodies may have as many bytes. */
  static final int LARGEST_BODY = 1024 * 1024;

  private static final String OPEN = "/q/";
  private static final String SCHEME = "bearer ";
  private static final int BEFORE_ALL = -10;
  private static final List<String> SERVICES = List.of("ecs", "elasticloadbalancing");
  private static final Set<HttpMethod> BODILESS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Authentication authentication;
  private final SystemOfRecord systemOfRecord;
  private final Identity identity;
  private final ObjectMapper mapper;
  private final Vertx vertx;

  public AccessGate(
      Authentication authentication,
      SystemOfRecord systemOfRecord,
      Identity identity,
      ObjectMapper mapper,
      Vertx vertx) {
    this.authentication = authentication;
    this.systemOfRecord = systemOfRecord;
    this.identity = identity;
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
      String header = request.request().getHeader("Authorization");
      if (header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
        bearer(request, header.substring(SCHEME.length()).strip());
      } else if (header != null && SignatureClaim.isClaimedBy(header)) {
        withBody(request, body -> signed(request, body));
      } else {
        unauthorized(
            request,
            "Bearer realm=\"berth\"",
            "A bearer token, or a signature (AWS4-HMAC-SHA256), is required.");
      }
    }
  }

  private static boolean isAwsCall(RoutingContext request) {
    return HttpMethod.POST.equals(request.request().method())
        && "/".equals(request.request().path());
  }

  private void bearer(RoutingContext request, String token) {
    identified(
        request,
        () -> authentication.bearer(token),
        owner -> {
          if (owner.isEmpty()) {
            unauthorized(
                request,
                "Bearer realm=\"berth\", error=\"invalid_token\"",
                "The bearer token isn't known here.");
          } else if (owner.get().policy().isUnrestricted()
              || BODILESS.contains(request.request().method())) {
            authorize(request, owner.get(), Buffer.buffer());
          } else {
            withBody(request, body -> authorize(request, owner.get(), body));
          }
        });
  }

  private void signed(RoutingContext request, Buffer body) {
    identified(
        request,
        () -> authentication.signed(signedRequest(request.request(), body), SERVICES),
        caller -> authorize(request, caller, body));
  }

  /** Asks who it is, where the database may be asked. */
  private <T> void identified(
      RoutingContext request, Supplier<Uni<? extends T>> question, Consumer<T> then) {
    request.request().pause();
    Context context = VertxContext.getOrCreateDuplicatedContext(vertx);
    VertxContextSafetyToggle.setContextSafe(context, true);
    context.runOnContext(
        nothing ->
            Uni.createFrom()
                .deferred(question)
                .subscribe()
                .with(
                    answer -> {
                      request.request().resume();
                      then.accept(answer);
                    },
                    failure -> {
                      request.request().resume();
                      failed(request, failure);
                    }));
  }

  private void authorize(RoutingContext request, Principal caller, Buffer body) {
    if (!caller.policy().isUnrestricted()) {
      try {
        RestPermissions.of(
                identity,
                request.request().method().name(),
                segments(request.normalizedPath()),
                member(body))
            .require(caller, identity.accountId());
      } catch (ProblemException e) {
        failed(request, e);
        return;
      }
    }
    String length = request.request().getHeader("Content-Length");
    if (length != null && length.length() < 19 && Long.parseLong(length) > LARGEST_BODY) {
      tooLarge(request);
    } else {
      request.next();
    }
  }

  private void failed(RoutingContext request, Throwable failure) {
    if (!(failure instanceof ProblemException problem)) {
      refuse(request, 503, "ServerException", "The system of record can't be reached; try again.");
    } else if (problem.kind() == ProblemException.Kind.FORBIDDEN) {
      refuse(request, 403, problem.code(), problem.getMessage());
    } else {
      request.response().putHeader("WWW-Authenticate", SignatureClaim.ALGORITHM);
      refuse(request, 401, problem.code(), problem.getMessage());
    }
  }

  /** Reads the body, and leaves it where the endpoints look for it. */
  private void withBody(RoutingContext request, Consumer<Buffer> then) {
    Buffer body = Buffer.buffer();
    boolean[] tooLarge = {false};
    HttpServerRequest http = request.request();
    http.handler(
        part -> {
          tooLarge[0] |= body.length() + part.length() > LARGEST_BODY;
          if (!tooLarge[0]) {
            body.appendBuffer(part);
          }
        });
    http.exceptionHandler(request::fail);
    http.endHandler(
        end -> {
          if (tooLarge[0]) {
            refuseSize(request);
          } else {
            ((RoutingContextInternal) request).setBody(body);
            then.accept(body);
          }
        });
    http.resume();
  }

  /** Reads the body to its end before answering, or the client would never see the answer. */
  private void tooLarge(RoutingContext request) {
    request.request().handler(dropped -> {});
    request.request().endHandler(end -> refuseSize(request));
    request.request().resume();
  }

  private void refuseSize(RoutingContext request) {
    refuse(request, 413, "ClientException", "The body is larger than " + LARGEST_BODY + " bytes.");
  }

  private static SignedRequest signedRequest(HttpServerRequest request, Buffer body) {
    List<SignedRequest.Header> headers = new ArrayList<>();
    for (Map.Entry<String, String> header : request.headers()) {
      headers.add(new SignedRequest.Header(header.getKey(), header.getValue()));
    }
    if (!request.headers().contains("Host") && request.authority() != null) {
      headers.add(new SignedRequest.Header("host", request.authority().toString()));
    }
    return new SignedRequest(
        request.method().name(),
        request.path(),
        request.query() == null ? "" : request.query(),
        headers,
        Sha256.of(body.getBytes()));
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      // Matrix parameters are no part of what an endpoint sees of the segment either.
      int parameters = segment.indexOf(';');
      String value = parameters < 0 ? segment : segment.substring(0, parameters);
      if (!value.isEmpty()) {
        segments.add(URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
      }
    }
    return segments;
  }

  /** What isn't there, or isn't JSON, may be anything; the endpoint says what is wrong with it. */
  private Function<String, String> member(Buffer body) {
    return name -> {
      try {
        JsonNode tree = mapper.readTree(body.getBytes());
        JsonNode member = tree == null ? null : tree.get(name);
        return member == null || !member.isTextual() || member.asText().isEmpty()
            ? "*"
            : member.asText();
      } catch (IOException e) {
        return "*";
      }
    };
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
