package dev.berth.api.adapter.node;

import dev.berth.api.application.logs.LogLine;
import dev.berth.api.application.logs.LogRequest;
import dev.berth.api.application.logs.NodeAwayException;
import dev.berth.api.application.logs.ReadTaskLogs;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import dev.berth.contracts.EventJson;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A task's logs, passed on from its node line by line. */
@Path("/v1/tasks/{task}/logs")
@Tag(name = "Tasks")
public class TaskLogsResource {
  private static final String NDJSON = "application/x-ndjson";
  private static final String PLAIN = "text/plain;charset=UTF-8";

  private final ReadTaskLogs logs;

  public TaskLogsResource(ReadTaskLogs logs) {
    this.logs = logs;
  }

  /** The query of both forms. */
  public static class Query {
    @Parameter(description = "Only this container; may be repeated")
    @QueryParam("container")
    List<String> containers;

    @Parameter(description = "true stays for what is yet to come")
    @QueryParam("follow")
    String follow;

    @Parameter(description = "Only so many of the newest lines")
    @QueryParam("tail")
    String tail;

    @Parameter(description = "Only lines from then on: ISO 8601, or seconds since 1970")
    @QueryParam("since")
    String since;

    @Parameter(description = "true begins plain lines with their time")
    @QueryParam("timestamps")
    String timestamps;

    LogRequest request() {
      return new LogRequest(
          containers.stream().filter(name -> !name.isEmpty()).toList(),
          flag("follow", follow),
          tail(tail),
          since(since));
    }
  }

  @GET
  @Produces("text/plain;qs=1.0")
  @Operation(
      operationId = "readTaskLogs",
      summary = "Read a task's logs",
      description =
          "The output of the task's containers, for as long as its container instance keeps it; with"
              + " follow=true what is yet to come, too. Lines of 'container | message', or objects"
              + " with timestamp, container, stream and message for Accept: application/x-ndjson.")
  public RestMulti<byte[]> plain(
      @Parameter(description = "Id or ARN") @PathParam("task") String task,
      @BeanParam Query query) {
    boolean times = flag("timestamps", query.timestamps);
    return lines(task, query, PLAIN, line -> plain(line, times));
  }

  @GET
  @Produces("application/x-ndjson;qs=0.5")
  @Operation(hidden = true)
  public RestMulti<byte[]> json(@PathParam("task") String task, @BeanParam Query query) {
    flag("timestamps", query.timestamps);
    return lines(task, query, NDJSON, EventJson::write);
  }

  private RestMulti<byte[]> lines(
      String task, Query query, String type, Function<LogLine, byte[]> bytes) {
    Map<String, List<String>> headers =
        Map.of(
            HttpHeaders.CONTENT_TYPE, List.of(type),
            HttpHeaders.CACHE_CONTROL, List.of("no-store"));
    return RestMulti.fromUniResponse(
        logs.read(Arns.shortName(task), query.request()),
        (Multi<LogLine> lines) -> lines.map(bytes),
        lines -> headers);
  }

  @ServerExceptionMapper
  Response away(NodeAwayException e, UriInfo uri) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", "Bad Gateway");
    problem.put("status", 502);
    problem.put("detail", e.getMessage());
    problem.put("instance", uri.getRequestUri().getPath());
    return Response.status(502)
        .type("application/problem+json")
        .entity(new String(EventJson.write(problem), StandardCharsets.UTF_8))
        .build();
  }

  private static byte[] plain(LogLine line, boolean timestamps) {
    String time = timestamps && line.timestamp() != null ? line.timestamp() + " " : "";
    return (time + line.container() + " | " + line.message() + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static boolean flag(String name, String text) {
    return switch (text) {
      case null -> false;
      // "?follow" alone is how people ask.
      case "", "true" -> true;
      case "false" -> false;
      default -> throw ProblemException.invalid(name, "must be true or false");
    };
  }

  private static Integer tail(String text) {
    if (text == null || text.isEmpty() || text.equals("all")) {
      return null;
    }
    try {
      int tail = Integer.parseInt(text);
      if (tail >= 0) {
        return tail;
      }
    } catch (NumberFormatException e) {
      throw ProblemException.invalid("tail", "must be a whole number, 0 and up");
    }
    throw ProblemException.invalid("tail", "must be a whole number, 0 and up");
  }

  private static String since(String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      Instant since =
          text.chars().allMatch(Character::isDigit)
              ? Instant.ofEpochSecond(Long.parseLong(text))
              : Instant.parse(text);
      return since.toString();
    } catch (DateTimeException | NumberFormatException e) {
      throw ProblemException.invalid("since", "must be an ISO 8601 time or seconds since 1970");
    }
  }
}
