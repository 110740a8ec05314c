package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.lb.domain.Action;
import dev.berth.lb.domain.Certificate;
import dev.berth.lb.domain.Listener;
import dev.berth.lb.domain.ListenerSettings;
import dev.berth.lb.domain.LoadBalancerSettings;
import dev.berth.lb.domain.Protocol;
import dev.berth.lb.domain.Rule;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields of access logs, one by one, in the order that ALB's page has them. */
class AccessLogTest {
  private static final Pattern FIELD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private static final int TIME = 1;
  private static final int ELB_CODE = 8;
  private static final int RECEIVED = 10;
  private static final int SENT = 11;
  private static final int REQUEST = 12;
  private static final int CIPHER = 14;
  private static final int TLS = 15;
  private static final int DOMAIN = 18;
  private static final int CERTIFICATE = 19;
  private static final int CREATED = 21;
  private static final int ACTION = 22;
  private static final int REDIRECT = 23;
  private static final int CLASS = 27;
  private static final int REASON = 28;

  @TempDir Path certificates;
  @TempDir Path folder;
  private ProxyFixture lb;
  private int port;

  @BeforeEach
  void start() throws Exception {
    lb = new ProxyFixture(UnaryOperator.identity(), folder);
    port = ProxyFixture.freePort();
  }

  @AfterEach
  void stop() {
    lb.close();
  }

  @Test
  void aRedirectsLineSaysWhereTo() throws Exception {
    listen(
        Protocol.HTTP,
        List.of(),
        new Action.Redirect("HTTPS", "#{host}", "443", "/#{path}", "#{query}", 301));

    raw("GET /a?b=c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    List<String> line = onlyLine();
    assertThat(line.get(ACTION)).isEqualTo("redirect");
    assertThat(line.get(REDIRECT)).isEqualTo("https://x:443/a?b=c");
    assertThat(line.get(CLASS)).isEqualTo("-");
  }

  @Test
  void sizesCountHeadsAndBodies() throws Exception {
    listen(Protocol.HTTP, List.of(), new Action.FixedResponse(200, "text/plain", "hello"));
    String request =
        "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc";

    String answer = raw(request);

    List<String> line = onlyLine();
    // The answer came before the body was asked for: only what was read of it counts.
    assertThat(line.get(RECEIVED)).isEqualTo(Integer.toString(request.length() - 3));
    assertThat(line.get(SENT)).isEqualTo(Integer.toString(answer.length()));
    assertThat(line.get(TIME)).matches("20\\d\\d-\\d\\d-\\d\\dT[0-9:]{8}\\.\\d{6}Z");
    assertThat(line.get(CREATED)).matches("20\\d\\d-\\d\\d-\\d\\dT[0-9:]{8}\\.\\d{6}Z");
  }

  @Test
  void whatCouldNotBeReadHasALineOfItsOwn() throws Exception {
    listen(Protocol.HTTP, List.of(), new Action.FixedResponse(200, null, null));

    raw("GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n");

    List<String> line = onlyLine();
    assertThat(line.get(ELB_CODE)).isEqualTo("400");
    assertThat(line.get(REQUEST)).isEqualTo("- http://x:" + port + "- -");
    assertThat(line.get(CLASS)).isEqualTo("Severe");
    assertThat(line.get(REASON)).isEqualTo("BothTeClPresent");
  }

  @Test
  void tlsIsNamedAsOpenSslNamesItWithTheServersNameAndTheCertificate() throws Exception {
    Certificate first = Certificates.of(certificates, "one.localhost");
    Certificate second = Certificates.of(certificates, "two.localhost");
    listen(
        Protocol.HTTPS, List.of(first, second), new Action.FixedResponse(200, "text/plain", "x"));

    assertThat(get("two.localhost")).isEqualTo(HttpVersion.HTTP_2);

    List<String> line = onlyLine();
    assertThat(line.get(0)).isEqualTo("h2");
    assertThat(line.get(CIPHER)).isEqualTo("ECDHE-ECDSA-AES128-GCM-SHA256");
    assertThat(line.get(TLS)).isEqualTo("TLSv1.2");
    assertThat(line.get(DOMAIN)).isEqualTo("two.localhost");
    assertThat(line.get(CERTIFICATE)).isEqualTo(second.arn());
  }

  private HttpVersion get(String serverName) throws Exception {
    HttpClient client =
        lb.vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setForceSni(true)
                .setProtocolVersion(HttpVersion.HTTP_2));
    return client
        .request(
            new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                .setHost(serverName)
                .setPort(port)
                .setSsl(true)
                .setURI("/"))
        .compose(request -> request.send())
        .compose(answer -> answer.body().map(body -> answer.version()))
        .eventually(() -> client.close())
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private String raw(String request) throws IOException {
    try (RawClient client = RawClient.to(port)) {
      client.send(request);
      return client.readAll();
    }
  }

  /** The fields of the only line that is written, once it is. */
  private List<String> onlyLine() {
    List<String> lines = new ArrayList<>();
    await()
        .atMost(ProxyFixture.AT_MOST)
        .untilAsserted(
            () -> {
              lines.clear();
              try (var files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                  lines.addAll(Files.readAllLines(file));
                }
              }
              assertThat(lines).hasSize(1);
            });
    List<String> fields = new ArrayList<>();
    Matcher matcher = FIELD.matcher(lines.get(0));
    while (matcher.find()) {
      fields.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    assertThat(fields).hasSize(30);
    return fields;
  }

  private void listen(Protocol protocol, List<Certificate> shown, Action action) {
    lb.listen(
        new Listener(
            port,
            "arn:l",
            "lb",
            "arn:lb",
            "lb.localhost",
            protocol,
            List.of(Rule.byDefault("d", action)),
            "ELBSecurityPolicy-TLS-1-2-2017-01",
            shown,
            List.of(),
            LoadBalancerSettings.of(
                "application",
                Map.of("access_logs.s3.enabled", "true", "access_logs.s3.bucket", "logs")),
            ListenerSettings.DEFAULT));
  }
}
