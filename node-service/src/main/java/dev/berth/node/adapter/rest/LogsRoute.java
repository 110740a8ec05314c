package dev.berth.node.adapter.rest;

import dev.berth.node.adapter.rest.LogQuery.BadQueryException;
import dev.berth.node.application.ContainerEngine.Subscription;
import dev.berth.node.application.ContainerEngineException;
import dev.berth.node.application.TaskLogs;
import dev.berth.node.domain.container.LogRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * {@code GET /v1/tasks/{taskId}/logs}: the log of a task's containers as a stream of lines, for
 * api-service, which knows the node token. With {@code follow} it goes on until the containers end
 * or the client leaves.
 */
@ApplicationScoped
public class LogsRoute {
  private static final Logger LOG = Logger.getLogger(LogsRoute.class);
  private static final String BEARER = "Bearer ";

  private final TaskLogs logs;
  private final byte[] token;

  @Inject
  LogsRoute(TaskLogs logs, @ConfigProperty(name = "berth.node-token") Optional<String> token) {
    this.logs = logs;
    this.token = token.map(LogsRoute::bytes).orElse(null);
  }

  void register(@Observes Router router) {
    // The engine is asked with blocking calls, so never on an event loop.
    router.get("/v1/tasks/:taskId/logs").blockingHandler(this::answer, false);
  }

  private void answer(RoutingContext context) {
    if (!isAuthorized(context)) {
      context.response().putHeader("WWW-Authenticate", "Bearer");
      problem(context, 401, "Unauthorized", "This resource takes the node token.", null);
      return;
    }
    try {
      LogQuery query = LogQuery.parse(context.queryParams());
      String taskId = context.pathParam("taskId");
      List<String> containers = logs.containers(taskId);
      if (containers.isEmpty()) {
        problem(context, 404, "Not Found", "This node has no containers of " + taskId, null);
        return;
      }
      for (String wanted : query.containers()) {
        if (!containers.contains(wanted)) {
          problem(context, 404, "Not Found", "The task has no container " + wanted, null);
          return;
        }
      }
      stream(context, taskId, query);
    } catch (BadQueryException e) {
      JsonObject error = new JsonObject().put("field", e.field()).put("message", e.getMessage());
      problem(context, 400, "Bad Request", e.field() + " " + e.getMessage(), error);
    } catch (ContainerEngineException e) {
      context.response().putHeader("Retry-After", "5");
      problem(context, 503, "Service Unavailable", e.getMessage(), null);
    }
  }

  private void stream(RoutingContext context, String taskId, LogQuery query) {
    HttpServerResponse response = context.response();
    LogStreamWriter writer = new LogStreamWriter(response, query.timestamps());
    AtomicReference<Subscription> reading = new AtomicReference<>();
    Runnable leave =
        () -> {
          writer.abandon();
          Subscription open = reading.get();
          if (open != null) {
            open.close();
          }
        };
    response.closeHandler(nothing -> leave.run());
    response.exceptionHandler(failure -> leave.run());
    writer.open();
    Set<String> containers = query.containers();
    LogRequest request = query.request();
    Subscription read =
        logs.read(
            taskId,
            containers,
            request,
            (container, line) -> {
              if (!writer.write(container, line)) {
                leave.run();
              }
            });
    reading.set(read);
    if (response.closed()) {
      read.close();
    }
    CompletableFuture<Void> unused =
        read.done().whenComplete((nothing, failure) -> end(response, taskId, failure));
  }

  private static void end(HttpServerResponse response, String taskId, Throwable failure) {
    if (failure != null) {
      LOG.warnf("the log of task %s broke off: %s", taskId, failure.getMessage());
    }
    if (response.closed() || response.ended()) {
      return;
    }
    if (failure == null) {
      response.end().onFailure(e -> LOG.debugf(e, "the reader of task %s has left", taskId));
    } else {
      // Cut off rather than ended, so that the reader doesn't take it for complete.
      response.reset();
    }
  }

  private boolean isAuthorized(RoutingContext context) {
    String header = context.request().getHeader("Authorization");
    return token != null
        && header != null
        && header.startsWith(BEARER)
        && MessageDigest.isEqual(bytes(header.substring(BEARER.length()).strip()), token);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void problem(
      RoutingContext context, int status, String title, String detail, JsonObject error) {
    JsonObject problem =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail)
            .put("instance", context.request().path());
    if (error != null) {
      problem.put("errors", new JsonArray().add(error));
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(problem.toBuffer())
        .onFailure(e -> LOG.debug("the client left before it got its answer", e));
  }
}
