package dev.berth.lb.adapter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lb.adapter.proxy.Certificates;
import dev.berth.lb.domain.Certificate;
import dev.berth.lb.domain.HealthCheck;
import dev.berth.lb.domain.ProbeOutcome;
import dev.berth.lb.domain.ProtocolVersion;
import dev.berth.lb.domain.StatusCodeMatcher;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetKey;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VertxProberTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final VertxProber prober = new VertxProber(vertx);

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void anHttpCheckLooksAtTheCode() throws Exception {
    int port = server(request -> request.response().setStatusCode(503).end());

    assertThat(check(port, HealthCheck.Kind.HTTP, ProtocolVersion.HTTP1, "503"))
        .isEqualTo(ProbeOutcome.GOOD);
    assertThat(check(port, HealthCheck.Kind.HTTP, ProtocolVersion.HTTP1, "200"))
        .isInstanceOf(ProbeOutcome.Bad.class);
  }

  @Test
  void aCheckGoesToItsOwnPortAndPath() throws Exception {
    CompletableFuture<String> asked = new CompletableFuture<>();
    int port =
        server(
            request -> {
              asked.complete(request.method() + " " + request.uri());
              request.response().end();
            });

    ProbeOutcome outcome = check(1, port, "/deep?x=1", Duration.ofSeconds(5));

    assertThat(outcome).isEqualTo(ProbeOutcome.GOOD);
    assertThat(asked).isCompletedWithValue("GET /deep?x=1");
  }

  @Test
  void anAnswerThatTakesLongerThanTheTimeoutIsBad() throws Exception {
    int port = server(request -> {});

    ProbeOutcome outcome = check(port, 0, "/", Duration.ofMillis(200));

    assertThat(outcome).isEqualTo(ProbeOutcome.timedOut());
  }

  @Test
  void anHttpsCheckSpeaksTlsAndTakesAnyCertificate() throws Exception {
    Certificate shown = Certificates.of(folder, "target.localhost");
    int port =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(shown.chain()))
                            .addKeyValue(Buffer.buffer(shown.sealedKey()))))
            .requestHandler(
                request -> request.response().setStatusCode(request.isSSL() ? 200 : 400).end())
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS)
            .actualPort();

    assertThat(check(port, HealthCheck.Kind.HTTPS, ProtocolVersion.HTTP1, "200"))
        .isEqualTo(ProbeOutcome.GOOD);
    assertThat(check(port, HealthCheck.Kind.HTTP, ProtocolVersion.HTTP1, "200"))
        .isInstanceOf(ProbeOutcome.Bad.class);
  }

  @Test
  void anHttp2CheckSpeaksHttp2() throws Exception {
    int port =
        server(
            request ->
                request
                    .response()
                    .setStatusCode(request.version() == HttpVersion.HTTP_2 ? 200 : 400)
                    .end());

    assertThat(check(port, HealthCheck.Kind.HTTP, ProtocolVersion.HTTP2, "200"))
        .isEqualTo(ProbeOutcome.GOOD);
  }

  @Test
  void aGrpcCheckLooksAtTheStatusInTheTrailers() throws Exception {
    int port =
        server(
            request -> {
              request.response().putHeader("content-type", "application/grpc");
              request.response().setChunked(true).putTrailer("grpc-status", "12").end();
            });

    assertThat(check(port, HealthCheck.Kind.HTTP, ProtocolVersion.GRPC, "12"))
        .isEqualTo(ProbeOutcome.GOOD);
    assertThat(check(port, HealthCheck.Kind.HTTP, ProtocolVersion.GRPC, "0"))
        .isInstanceOf(ProbeOutcome.Bad.class);
  }

  @Test
  void aTcpCheckConnects() throws Exception {
    int port = server(request -> request.response().end());

    assertThat(check(port, HealthCheck.Kind.TCP, ProtocolVersion.HTTP1, "200"))
        .isEqualTo(ProbeOutcome.GOOD);
    assertThat(check(1, HealthCheck.Kind.TCP, ProtocolVersion.HTTP1, "200"))
        .isInstanceOf(ProbeOutcome.Bad.class);
  }

  private int server(io.vertx.core.Handler<HttpServerRequest> handler) throws Exception {
    return vertx
        .createHttpServer()
        .requestHandler(handler)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .actualPort();
  }

  private ProbeOutcome check(int port, HealthCheck.Kind kind, ProtocolVersion version, String codes)
      throws Exception {
    return check(
        port,
        new HealthCheck(
            true,
            kind,
            0,
            "/check",
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            2,
            2,
            version == ProtocolVersion.GRPC
                ? StatusCodeMatcher.parseGrpc(codes)
                : StatusCodeMatcher.parse(codes),
            version));
  }

  private ProbeOutcome check(int targetPort, int checkPort, String path, Duration timeout)
      throws Exception {
    return check(
        targetPort,
        new HealthCheck(
            true,
            HealthCheck.Kind.HTTP,
            checkPort,
            path,
            Duration.ofSeconds(5),
            timeout,
            2,
            2,
            StatusCodeMatcher.DEFAULT,
            ProtocolVersion.HTTP1));
  }

  private ProbeOutcome check(int targetPort, HealthCheck check) throws Exception {
    CompletableFuture<ProbeOutcome> outcome = new CompletableFuture<>();
    prober.probe(
        Target.byHand(new TargetKey("g", "t"), "127.0.0.1", targetPort),
        check,
        Duration.ZERO,
        outcome::complete);
    return outcome.get(20, TimeUnit.SECONDS);
  }
}
