package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.lb.domain.Action;
import dev.berth.lb.domain.Certificate;
import dev.berth.lb.domain.HealthCheck;
import dev.berth.lb.domain.Listener;
import dev.berth.lb.domain.ListenerSettings;
import dev.berth.lb.domain.LoadBalancerSettings;
import dev.berth.lb.domain.Protocol;
import dev.berth.lb.domain.ProtocolVersion;
import dev.berth.lb.domain.Rule;
import dev.berth.lb.domain.TargetGroup;
import dev.berth.lb.domain.TargetGroupSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsTest {
  @TempDir Path folder;
  private ProxyFixture lb;

  @BeforeEach
  void start() {
    lb = new ProxyFixture();
  }

  @AfterEach
  void stop() {
    lb.close();
  }

  @Test
  void http2ClientsAreServedAndTargetsSpeakHttp1() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    lb.group(group(ProtocolVersion.HTTP1), a);
    int port = https(Certificates.of(folder, "shop.localhost"));

    HttpClientResponse answer = get(client(HttpVersion.HTTP_2), port, "shop.localhost", "/x");

    assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(answer.body().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .hasToString("a");
    assertThat(a.asked).containsExactly("/x");
  }

  @Test
  void bodiesPassBothWaysInHttp2() throws Exception {
    Backend echo =
        Backend.answering(
            lb.vertx,
            "echo",
            request -> request.body().onSuccess(body -> request.response().end(body)));
    lb.group(group(ProtocolVersion.HTTP1), echo);
    int port = https(Certificates.of(folder, "shop.localhost"));
    Buffer body = Buffer.buffer(new byte[3_000_000]);

    Buffer back =
        client(HttpVersion.HTTP_2)
            .request(options(port, "shop.localhost", "/").setMethod(HttpMethod.POST))
            .compose(request -> request.send(body))
            .compose(HttpClientResponse::body)
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);

    assertThat(back.length()).isEqualTo(body.length());
  }

  @Test
  void aTargetThatSpeaksHttp2GetsItsTrailersThrough() throws Exception {
    Backend a =
        Backend.answering(
            lb.vertx,
            "a",
            request -> {
              assertThat(request.version()).isEqualTo(HttpVersion.HTTP_2);
              request.response().setChunked(true).write("part");
              request.response().putTrailer("x-end", "yes").end();
            });
    lb.group(group(ProtocolVersion.HTTP2), a);
    int port = https(Certificates.of(folder, "shop.localhost"));

    HttpClientResponse answer = get(client(HttpVersion.HTTP_2), port, "shop.localhost", "/");

    answer.body().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(answer.getTrailer("x-end")).isEqualTo("yes");
  }

  @Test
  void aServerNameGetsItsCertificateAndAnUnknownOneTheDefault() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    lb.group(group(ProtocolVersion.HTTP1), a);
    int port =
        https(Certificates.of(folder, "one.localhost"), Certificates.of(folder, "two.localhost"));

    assertThat(shown(port, "one.localhost")).isEqualTo("CN=one.localhost");
    assertThat(shown(port, "two.localhost")).isEqualTo("CN=two.localhost");
    assertThat(shown(port, "other.localhost")).isEqualTo("CN=one.localhost");
  }

  @Test
  void aCertificateIsReplacedWithoutDroppingConnections() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    lb.group(group(ProtocolVersion.HTTP1), a);
    int port = https(Certificates.of(folder, "one.localhost"));
    AtomicInteger closed = new AtomicInteger();
    HttpClient client = client(HttpVersion.HTTP_2);
    HttpClientRequest first =
        client
            .request(options(port, "one.localhost", "/1"))
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    first.connection().closeHandler(v -> closed.incrementAndGet());
    first.send().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);

    lb.listen(listener(port, List.of(Certificates.of(folder, "new.localhost")), Map.of()));

    await()
        .atMost(ProxyFixture.AT_MOST)
        .untilAsserted(() -> assertThat(shown(port, "x")).isEqualTo("CN=new.localhost"));
    get(client, port, "one.localhost", "/2");
    assertThat(closed).hasValue(0);
  }

  @Test
  void aPolicyOfTls13RefusesOlderClients() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    lb.group(group(ProtocolVersion.HTTP1), a);
    int port = ProxyFixture.freePort();
    Listener strict =
        new Listener(
            port,
            "arn:l",
            "lb",
            "arn:lb",
            "lb.localhost",
            Protocol.HTTPS,
            List.of(Rule.byDefault("arn:l", Action.Forward.to("g"))),
            "ELBSecurityPolicy-TLS13-1-3-2021-06",
            List.of(Certificates.of(folder, "one.localhost")),
            List.of(),
            LoadBalancerSettings.DEFAULT,
            ListenerSettings.DEFAULT);
    lb.listen(strict);

    assertThat(handshake(port, "one.localhost", "TLSv1.3").getSession().getProtocol())
        .isEqualTo("TLSv1.3");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> handshake(port, "one.localhost", "TLSv1.2"))
        .isInstanceOf(SSLHandshakeException.class);
    await().atMost(ProxyFixture.AT_MOST).until(() -> lb.count("berth.lb.tls.failures") >= 1);
  }

  @Test
  void anExpiredCertificateIsShownAndTheClientDecides() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    lb.group(group(ProtocolVersion.HTTP1), a);
    int port = https(Certificates.expired(folder, "old.localhost"));

    assertThat(get(client(HttpVersion.HTTP_1_1), port, "old.localhost", "/").statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatIsNoTlsEndsOnlyItsOwnConnection() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    lb.group(group(ProtocolVersion.HTTP1), a);
    int port = https(Certificates.of(folder, "one.localhost"));

    try (java.net.Socket socket =
        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes().length).isLessThan(200);
    }

    assertThat(get(client(HttpVersion.HTTP_1_1), port, "one.localhost", "/").statusCode())
        .isEqualTo(200);
  }

  @Test
  void theTargetHearsWhatTlsAgreedOnWhenAskedUnderTheNamesOfTheListener() throws Exception {
    Backend a =
        Backend.answering(
            lb.vertx,
            "a",
            request ->
                request
                    .response()
                    .end(
                        request.getHeader("X-Tls")
                            + " "
                            + request.getHeader("X-Amzn-Tls-Cipher-Suite")
                            + " "
                            + request.getHeader("X-Forwarded-Proto")));
    lb.group(group(ProtocolVersion.HTTP1), a);
    int port = ProxyFixture.freePort();
    Listener plain =
        listener(
            port,
            List.of(Certificates.of(folder, "one.localhost")),
            Map.of("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "true"));
    lb.listen(
        new Listener(
            port,
            plain.listenerArn(),
            plain.loadBalancer(),
            plain.loadBalancerArn(),
            plain.dnsName(),
            plain.protocol(),
            plain.rules(),
            plain.sslPolicy(),
            plain.certificates(),
            plain.alpn(),
            plain.balancer(),
            ListenerSettings.of(
                Map.of("routing.http.request.x_amzn_tls_version.header_name", "X-Tls"))));

    HttpClientResponse answer = get(client(HttpVersion.HTTP_1_1), port, "one.localhost", "/");

    assertThat(answer.body().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .asString()
        .matches("TLSv1\\.[23] (ECDHE-ECDSA-AES[A-Z0-9-]+|TLS_AES_[A-Z0-9_]+) https");
  }

  @Test
  void http2CanBeTurnedOff() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    lb.group(group(ProtocolVersion.HTTP1), a);
    int port = ProxyFixture.freePort();
    lb.listen(
        listener(
            port,
            List.of(Certificates.of(folder, "one.localhost")),
            Map.of("routing.http2.enabled", "false")));

    assertThat(get(client(HttpVersion.HTTP_2), port, "one.localhost", "/").version())
        .isEqualTo(HttpVersion.HTTP_1_1);
  }

  @Test
  void aRemovedPortSaysGoAwayAndLetsStreamsEnd() throws Exception {
    CompletableFuture<Runnable> asked = new CompletableFuture<>();
    lb.close();
    lb =
        new ProxyFixture(
            s ->
                new ProxySettings(
                    s.bindAddress(),
                    s.eventLoops(),
                    s.maxHeaderSize(),
                    s.maxConnectionsPerListener(),
                    s.maxConnectionsPerTarget(),
                    s.maxAttempts(),
                    s.replayBytes(),
                    s.idle(),
                    s.clientKeepAlive(),
                    s.targetKeepAlive(),
                    s.connect(),
                    Duration.ofSeconds(20),
                    s.maxRequestsPerListener(),
                    s.openSsl(),
                    s.epoll(),
                    s.maxConnections()));
    Backend slow =
        Backend.answering(
            lb.vertx, "a", request -> asked.complete(() -> request.response().end("done")));
    lb.group(group(ProtocolVersion.HTTP1), slow);
    int port = https(Certificates.of(folder, "one.localhost"));
    AtomicInteger goAways = new AtomicInteger();
    HttpClientRequest request =
        client(HttpVersion.HTTP_2)
            .request(options(port, "one.localhost", "/"))
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    request.connection().goAwayHandler(away -> goAways.incrementAndGet());
    CompletableFuture<Buffer> body =
        request.send().compose(HttpClientResponse::body).toCompletionStage().toCompletableFuture();
    Runnable end = asked.get(10, TimeUnit.SECONDS);

    lb.remove(port);
    await().atMost(ProxyFixture.AT_MOST).until(() -> goAways.get() > 0);
    lb.vertx.runOnContext(v -> end.run());

    assertThat(body.get(10, TimeUnit.SECONDS)).hasToString("done");
  }

  private int https(Certificate... certificates) throws Exception {
    int port = ProxyFixture.freePort();
    lb.listen(listener(port, List.of(certificates), Map.of()));
    return port;
  }

  static Listener listener(
      int port, List<Certificate> certificates, Map<String, String> attributes) {
    return new Listener(
        port,
        "arn:l",
        "lb",
        "arn:lb",
        "lb.localhost",
        Protocol.HTTPS,
        List.of(Rule.byDefault("arn:l", Action.Forward.to("g"))),
        null,
        certificates,
        List.of(),
        LoadBalancerSettings.of("application", attributes),
        ListenerSettings.DEFAULT);
  }

  static TargetGroup group(ProtocolVersion version) {
    return new TargetGroup(
        "g",
        "g",
        HealthCheck.DEFAULT,
        Duration.ZERO,
        Protocol.HTTP,
        version,
        TargetGroupSettings.DEFAULT);
  }

  private HttpClient client(HttpVersion version) {
    return lb.vertx.createHttpClient(
        new HttpClientOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setTrustAll(true)
            .setVerifyHost(false)
            .setForceSni(true)
            .setProtocolVersion(version));
  }

  private static RequestOptions options(int port, String host, String path) {
    return new RequestOptions()
        .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
        .setHost(host)
        .setPort(port)
        .setSsl(true)
        .setURI(path);
  }

  private static HttpClientResponse get(HttpClient client, int port, String host, String path)
      throws Exception {
    return client
        .request(options(port, host, path))
        .compose(request -> request.send().compose(r -> r.body().map(b -> r)))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private static String shown(int port, String serverName) throws Exception {
    try (SSLSocket socket = handshake(port, serverName, "TLSv1.3")) {
      X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return leaf.getSubjectX500Principal().getName();
    }
  }

  private static SSLSocket handshake(int port, String serverName, String protocol)
      throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        null,
        io.netty.handler.ssl.util.InsecureTrustManagerFactory.INSTANCE.getTrustManagers(),
        null);
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(java.net.InetAddress.getLoopbackAddress(), port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new javax.net.ssl.SNIHostName(serverName)));
    parameters.setProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(10_000);
    socket.startHandshake();
    return socket;
  }
}
