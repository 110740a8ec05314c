package dev.berth.api.adapter.rest;

import dev.berth.api.domain.problem.ProblemException;
import io.vertx.core.VertxException;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.DataException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure as a problem document. */
public class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  /** The one parameter of queries that is a number. */
  private static final String MAX_RESULTS = "maxResults";

  @ServerExceptionMapper
  Response problem(ProblemException failure, UriInfo uri) {
    HttpStatus status =
        HttpStatus.of(
            switch (failure.kind()) {
              case INVALID, UNSUPPORTED -> 400;
              case UNAUTHENTICATED -> 401;
              case FORBIDDEN -> 403;
              case NOT_FOUND -> 404;
              case CONFLICT -> 409;
              case TOO_LARGE -> 413;
            });
    return answer(
        Problem.of(status, failure.code(), failure.getMessage(), uri.getPath(), failure.errors()));
  }

  @ServerExceptionMapper
  Response notFound(NotFoundException failure, UriInfo uri) {
    if (failure.getCause() instanceof NumberFormatException
        && uri.getQueryParameters().containsKey(MAX_RESULTS)) {
      // Jakarta REST takes a query that it can't convert for a path that isn't there.
      return problem(ProblemException.invalid(MAX_RESULTS, "must be a whole number"), uri);
    }
    return answer(
        Problem.of(
            HttpStatus.of(404),
            null,
            "There is nothing under this path; /q/swagger-ui shows what there is.",
            uri.getPath(),
            List.of()));
  }

  @ServerExceptionMapper
  Response http(WebApplicationException failure, UriInfo uri) {
    int code = failure.getResponse().getStatus();
    String detail =
        switch (failure) {
          case NotAllowedException notAllowed ->
              "This path doesn't take this method; /q/swagger-ui shows what it takes.";
          case NotSupportedException notSupported -> "The body must be application/json.";
          default -> code >= 500 ? "The request failed." : failure.getMessage();
        };
    Response answer =
        answer(Problem.of(HttpStatus.of(code), null, detail, uri.getPath(), List.of()));
    String allow = failure.getResponse().getHeaderString(HttpHeaders.ALLOW);
    return allow == null
        ? answer
        : Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build();
  }

  /** Two requests made the same thing at once, and this one was second. */
  @ServerExceptionMapper
  Response conflict(ConstraintViolationException failure, UriInfo uri) {
    return answer(
        Problem.of(
            HttpStatus.of(409),
            "ConflictException",
            "Another request changed the same thing at the same time.",
            uri.getPath(),
            List.of()));
  }

  @ServerExceptionMapper({
    IOException.class,
    TimeoutException.class,
    VertxException.class,
    PersistenceException.class
  })
  Response unavailable(Exception failure, UriInfo uri) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConstraintViolationException violation) {
        return conflict(violation, uri);
      }
      if (cause instanceof DataException refused) {
        LOG.warnf("A value of a request for %s can't be kept: %s", uri.getPath(), refused);
        return problem(ProblemException.unkeepable(), uri);
      }
    }
    LOG.warnf(failure, "The database failed a request for %s", uri.getPath());
    return Response.fromResponse(
            answer(
                Problem.of(
                    HttpStatus.of(503),
                    "ServerException",
                    "The system of record can't be reached; try again.",
                    uri.getPath(),
                    List.of())))
        .header(HttpHeaders.RETRY_AFTER, "1")
        .build();
  }

  @ServerExceptionMapper
  Response broken(Throwable failure, UriInfo uri) {
    LOG.errorf(failure, "A request for %s failed", uri.getPath());
    return answer(
        Problem.of(
            HttpStatus.of(500),
            "ServerException",
            "The request failed; the service's log says why.",
            uri.getPath(),
            List.of()));
  }

  private static Response answer(Problem problem) {
    return Response.status(problem.status()).type(Problem.JSON).entity(problem).build();
  }
}
