package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.tracing.TracingPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** One loop's connections to one target. Used on that loop only. */
final class UpstreamConnections {
  private static final Logger LOG = Logger.getLogger(UpstreamConnections.class);

  private final Vertx vertx;
  private final Target target;
  private final ProxySettings settings;
  private final Set<HttpConnection> open = new HashSet<>();
  private final Set<HttpConnection> busy = new HashSet<>();
  private HttpClient client;
  private boolean closed;

  UpstreamConnections(Vertx vertx, Target target, ProxySettings settings) {
    this.vertx = vertx;
    this.target = target;
    this.settings = settings;
  }

  /** A request on an idle connection, or on a new one; it fails when none can be made. */
  Future<HttpClientRequest> request(HttpMethod method, String uri) {
    if (closed) {
      return Future.failedFuture("The target is gone");
    }
    if (client == null) {
      client = vertx.httpClientBuilder().with(options()).withConnectHandler(this::opened).build();
    }
    return client.request(method, target.port(), target.host(), uri);
  }

  void taken(HttpConnection connection) {
    busy.add(connection);
  }

  /** The request on this connection is over. */
  void returned(HttpConnection connection, boolean keep) {
    busy.remove(connection);
    if (!keep) {
      connection.close();
    }
  }

  void closeIdle() {
    for (HttpConnection connection : List.copyOf(open)) {
      if (!busy.contains(connection)) {
        connection.close();
      }
    }
  }

  void close() {
    closed = true;
    if (client != null) {
      client.close();
    }
  }

  private void opened(HttpConnection connection) {
    open.add(connection);
    connection.exceptionHandler(
        failed -> LOG.debugf("A connection to %s broke: %s", target.key(), failed.getMessage()));
    connection.closeHandler(
        v -> {
          open.remove(connection);
          busy.remove(connection);
        });
  }

  private HttpClientOptions options() {
    int perLoop = Math.max(1, settings.maxConnectionsPerTarget() / settings.eventLoops());
    return new HttpClientOptions()
        .setKeepAlive(true)
        .setKeepAliveTimeout((int) Math.max(1, settings.targetKeepAlive().toSeconds()))
        .setMaxPoolSize(perLoop)
        .setConnectTimeout((int) settings.connect().toMillis())
        .setMaxHeaderSize(64 * 1024)
        .setMaxInitialLineLength(16 * 1024)
        .setTracingPolicy(TracingPolicy.IGNORE);
  }
}
