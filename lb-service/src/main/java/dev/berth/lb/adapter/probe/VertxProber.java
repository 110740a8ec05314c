package dev.berth.lb.adapter.probe;

import dev.berth.lb.application.Prober;
import dev.berth.lb.domain.HealthCheck;
import dev.berth.lb.domain.ProbeOutcome;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
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
  private final HttpClient http;
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
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(1000)
                .setTracingPolicy(TracingPolicy.IGNORE));
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
            .setMethod(HttpMethod.GET)
            .setHost(host)
            .setPort(port)
            .setURI(check.path())
            .setConnectTimeout(Math.max(1, check.timeout().toMillis()))
            .putHeader("User-Agent", "Berth-HealthChecker/1.0")
            .putHeader("Accept-Encoding", "identity")
            .putHeader("Connection", "close");
    return http.request(options).compose(request -> answer(request, check, over));
  }

  private static Future<ProbeOutcome> answer(
      HttpClientRequest request, HealthCheck check, Future<ProbeOutcome> over) {
    // A check that took too long must not hold its connection.
    over.onComplete(v -> request.reset());
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

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
