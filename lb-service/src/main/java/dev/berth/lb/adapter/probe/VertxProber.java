package dev.berth.lb.adapter.probe;

import dev.berth.lb.application.Prober;
import dev.berth.lb.domain.HealthCheck;
import dev.berth.lb.domain.ProbeOutcome;
import dev.berth.lb.domain.ProtocolVersion;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Health checks on Vert.x. Each check has a connection of its own, so that it sees what a new
 * client would see. Checks run on one context, away from the loops that carry traffic.
 */
public final class VertxProber implements Prober {
  private final Vertx vertx;
  private final Context context;
  private final Map<String, HttpClient> clients = new HashMap<>();
  private final NetClient tcp;
  private final Map<TargetKey, Check> checks = new HashMap<>();

  /** A check that waits or runs. */
  private static final class Check {
    private boolean dropped;
    private long timer;
  }

  public VertxProber(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.tcp = vertx.createNetClient(new NetClientOptions());
  }

  @Override
  public void probe(Target target, HealthCheck check, Duration delay, Consumer<ProbeOutcome> done) {
    context.runOnContext(
        v -> {
          drop(target.key());
          Check started = new Check();
          checks.put(target.key(), started);
          if (delay.isZero()) {
            run(target, check, started, done);
          } else {
            started.timer =
                vertx.setTimer(
                    Math.max(1, delay.toMillis()), id -> run(target, check, started, done));
          }
        });
  }

  @Override
  public void cancel(TargetKey key) {
    context.runOnContext(v -> drop(key));
  }

  private void drop(TargetKey key) {
    Check known = checks.remove(key);
    if (known != null) {
      known.dropped = true;
      vertx.cancelTimer(known.timer);
    }
  }

  private void run(Target target, HealthCheck check, Check mine, Consumer<ProbeOutcome> done) {
    int port = check.port() == 0 ? target.port() : check.port();
    Promise<ProbeOutcome> result = Promise.promise();
    long timer =
        vertx.setTimer(
            Math.max(1, check.timeout().toMillis()),
            id -> result.tryComplete(ProbeOutcome.timedOut()));
    ask(target.host(), port, check, result.future())
        .onComplete(
            answer ->
                result.tryComplete(
                    answer.succeeded()
                        ? answer.result()
                        : ProbeOutcome.failed(reason(answer.cause()))));
    result
        .future()
        .onSuccess(
            outcome ->
                context.runOnContext(
                    v -> {
                      vertx.cancelTimer(timer);
                      if (!mine.dropped) {
                        checks.remove(target.key(), mine);
                        done.accept(outcome);
                      }
                    }));
  }

  private Future<ProbeOutcome> ask(
      String host, int port, HealthCheck check, Future<ProbeOutcome> over) {
    if (check.kind() == HealthCheck.Kind.TCP) {
      return tcp.connect(port, host).compose(NetSocket::close).map(v -> ProbeOutcome.GOOD);
    }
    RequestOptions options =
        new RequestOptions()
            .setMethod(grpc(check) ? HttpMethod.POST : HttpMethod.GET)
            .setHost(host)
            .setPort(port)
            .setURI(check.path())
            .setConnectTimeout(Math.max(1, check.timeout().toMillis()))
            .putHeader("User-Agent", "Berth-HealthChecker/1.0")
            .putHeader("Accept-Encoding", "identity");
    if (grpc(check)) {
      options.putHeader("content-type", "application/grpc").putHeader("te", "trailers");
    }
    return client(check).request(options).compose(request -> answer(request, check, over));
  }

  private static boolean grpc(HealthCheck check) {
    return check.version() == ProtocolVersion.GRPC;
  }

  /** A client for what the check speaks. */
  private HttpClient client(HealthCheck check) {
    boolean http2 = check.version() != ProtocolVersion.HTTP1;
    boolean tls = check.kind() == HealthCheck.Kind.HTTPS;
    return clients.computeIfAbsent(
        (http2 ? "2" : "1") + (tls ? "s" : ""), key -> vertx.createHttpClient(options(http2, tls)));
  }

  private static HttpClientOptions options(boolean http2, boolean tls) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setKeepAlive(false)
            .setMaxPoolSize(1000)
            .setHttp2MaxPoolSize(1000)
            .setHttp2MultiplexingLimit(1)
            .setHttp2KeepAliveTimeout(1)
            .setTracingPolicy(TracingPolicy.IGNORE);
    if (http2) {
      options.setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
    }
    if (tls) {
      // As ELB: what a target shows isn't checked.
      options.setSsl(true).setUseAlpn(http2).setTrustAll(true).setVerifyHost(false);
    }
    return options;
  }

  private static Future<ProbeOutcome> answer(
      HttpClientRequest request, HealthCheck check, Future<ProbeOutcome> over) {
    // A check that took too long must not hold its connection.
    over.onComplete(v -> request.reset());
    if (grpc(check)) {
      return request.send(EMPTY_MESSAGE).compose(VertxProber::grpcStatus).map(s -> of(s, check));
    }
    return request
        .send()
        .map(
            response -> {
              // The status is all that counts: the rest of the answer ends in our own reset, which
              // Vert.x would log as an error of each check.
              response.exceptionHandler(own -> {});
              return ProbeOutcome.ofCode(response.statusCode(), check.matcher());
            });
  }

  private static ProbeOutcome of(int grpcStatus, HealthCheck check) {
    return ProbeOutcome.ofCode(grpcStatus, check.matcher());
  }

  /** A message of no bytes as gRPC frames it: not compressed, length 0. */
  private static final Buffer EMPTY_MESSAGE = Buffer.buffer(new byte[5]);

  /** The status stands in the trailers, or in the headers when there is nothing else. */
  private static Future<Integer> grpcStatus(HttpClientResponse response) {
    String early = response.getHeader("grpc-status");
    if (early != null) {
      return Future.succeededFuture(Integer.valueOf(early));
    }
    if (response.statusCode() != 200) {
      return Future.failedFuture("HTTP status " + response.statusCode());
    }
    return response
        .end()
        .compose(
            v -> {
              String status = response.getTrailer("grpc-status");
              return status == null
                  ? Future.failedFuture("The answer has no gRPC status")
                  : Future.succeededFuture(Integer.valueOf(status));
            });
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
