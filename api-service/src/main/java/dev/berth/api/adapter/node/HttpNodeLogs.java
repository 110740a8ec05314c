package dev.berth.api.adapter.node;

import dev.berth.api.application.logs.LogLine;
import dev.berth.api.application.logs.LogRequest;
import dev.berth.api.application.logs.LogsGoneException;
import dev.berth.api.application.logs.NodeAwayException;
import dev.berth.api.application.logs.NodeLogs;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.UnreadableEventException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;
import io.vertx.mutiny.core.parsetools.RecordParser;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads logs from the node's own HTTP endpoint, as newline-delimited JSON. */
@ApplicationScoped
public class HttpNodeLogs implements NodeLogs {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
  private static final int LONGEST_LINE_BYTES = 4 * 1024 * 1024;
  private static final int MOST_CONNECTIONS_PER_NODE = 256;

  private final HttpClient client;
  private final String authorization;

  public HttpNodeLogs(Vertx vertx, @ConfigProperty(name = "berth.node-token") String nodeToken) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setMaxPoolSize(MOST_CONNECTIONS_PER_NODE));
    this.authorization = "Bearer " + nodeToken;
  }

  @Override
  public Uni<Multi<LogLine>> open(String logsUrl, String taskId, LogRequest request) {
    RequestOptions options = new RequestOptions();
    try {
      options
          .setMethod(HttpMethod.GET)
          .setAbsoluteURI(url(logsUrl, taskId, request))
          .putHeader("Authorization", authorization)
          .putHeader("Accept", "application/x-ndjson");
    } catch (IllegalArgumentException e) {
      return Uni.createFrom()
          .failure(new NodeAwayException("The node's address can't be used: " + logsUrl, e));
    }
    return client
        .request(options)
        .chain(HttpNodeLogs::answer)
        .onFailure(e -> !(e instanceof LogsGoneException || e instanceof NodeAwayException))
        .transform(
            e ->
                new NodeAwayException(
                    "The task's container instance doesn't answer at "
                        + logsUrl
                        + ": "
                        + e.getMessage(),
                    e));
  }

  private static Uni<Multi<LogLine>> answer(HttpClientRequest request) {
    return request
        .send()
        // Nothing may arrive before somebody reads.
        .invoke(response -> response.pause())
        .ifNoItem()
        .after(ANSWER_WITHIN)
        .fail()
        .onFailure()
        .invoke(() -> request.reset())
        .map(response -> lines(request, response));
  }

  private static Multi<LogLine> lines(HttpClientRequest request, HttpClientResponse response) {
    int status = response.statusCode();
    if (status != 200) {
      request.reset();
      if (status == 404) {
        throw new LogsGoneException("The task's container instance keeps no logs of it any more.");
      }
      throw new NodeAwayException("The task's container instance answered " + status + ".", null);
    }
    RecordParser parser = RecordParser.newDelimited("\n", response);
    parser.maxRecordSize(LONGEST_LINE_BYTES);
    return parser.toMulti().map(HttpNodeLogs::line).onCancellation().invoke(() -> request.reset());
  }

  private static LogLine line(Buffer json) {
    try {
      return EventJson.read(json.getBytes(), LogLine.class);
    } catch (UnreadableEventException e) {
      throw new NodeAwayException("The node sent something that is no log line", e);
    }
  }

  private static String url(String logsUrl, String taskId, LogRequest request) {
    List<String> query = new ArrayList<>();
    request.containers().forEach(name -> query.add("container=" + encoded(name)));
    if (request.follow()) {
      query.add("follow=true");
    }
    if (request.tail() != null) {
      query.add("tail=" + request.tail());
    }
    if (request.since() != null) {
      query.add("since=" + encoded(request.since()));
    }
    query.add("timestamps=true");
    String base = logsUrl.endsWith("/") ? logsUrl.substring(0, logsUrl.length() - 1) : logsUrl;
    return base + "/v1/tasks/" + encoded(taskId) + "/logs?" + String.join("&", query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
