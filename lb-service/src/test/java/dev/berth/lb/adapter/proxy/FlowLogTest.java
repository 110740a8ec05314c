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
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access logs of network load balancers, field by field. */
class FlowLogTest {
  @TempDir Path certificates;
  @TempDir Path folder;
  private ProxyFixture lb;
  private int port;

  @BeforeEach
  void start() throws Exception {
    lb = new ProxyFixture(UnaryOperator.identity(), folder);
    port = ProxyFixture.freePort();
    NetServer echo =
        lb.vertx
            .createNetServer()
            .connectHandler(
                socket ->
                    socket.handler(
                        some -> socket.write("back ").onSuccess(v -> socket.write(some))))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    lb.group(
        new TargetGroup(
            "g",
            "g",
            HealthCheck.DEFAULT,
            Duration.ZERO,
            Protocol.TCP,
            ProtocolVersion.HTTP1,
            TargetGroupSettings.DEFAULT),
        List.of(ProxyFixture.target("g", "echo", echo.actualPort())));
  }

  @AfterEach
  void stop() {
    lb.close();
  }

  @Test
  void aFlowOfTlsHasALine() throws Exception {
    Certificate shown = Certificates.of(certificates, "nlb.localhost");
    listen(Protocol.TLS, List.of(shown), List.of("h2", "http/1.1"));

    talk(
        new NetClientOptions()
            .setSsl(true)
            .setTrustAll(true)
            .setUseAlpn(true)
            .setApplicationLayerProtocols(List.of("http/1.1"))
            .setHostnameVerificationAlgorithm(""));

    List<String> line = List.of(onlyLine().split(" "));
    assertThat(line).hasSize(22);
    assertThat(line.subList(0, 2)).containsExactly("tls", "2.0");
    assertThat(line.get(2)).matches("20\\d\\d-\\d\\d-\\d\\dT[0-9:]{8}");
    assertThat(line.subList(3, 5)).containsExactly("net/nlb/1", "0123");
    assertThat(line.get(5)).startsWith("127.0.0.1:");
    assertThat(line.get(6)).isEqualTo("127.0.0.1:" + port);
    assertThat(Integer.parseInt(line.get(7)))
        .as("the whole time, the handshake's among it")
        .isGreaterThanOrEqualTo(Integer.parseInt(line.get(8)));
    assertThat(line.subList(9, 14)).containsExactly("6", "11", "-", shown.arn(), "-");
    assertThat(line.get(14)).isEqualTo("ECDHE-ECDSA-AES128-GCM-SHA256");
    assertThat(line.subList(15, 21))
        .containsExactly("tlsv12", "-", "nlb.localhost", "http/1.1", "-", "-");
    assertThat(line.get(21)).matches("20\\d\\d-\\d\\d-\\d\\dT[0-9:]{8}");
  }

  @Test
  void otherFlowsHaveNone() throws Exception {
    listen(Protocol.TCP, List.of(), List.of());
    talk(new NetClientOptions());
    lb.remove(port);
    int plain = port;
    port = ProxyFixture.freePort();
    listen(Protocol.TLS, List.of(Certificates.of(certificates, "nlb.localhost")), List.of());

    talk(
        new NetClientOptions().setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm(""));

    assertThat(onlyLine()).contains(":" + port + " ").doesNotContain(":" + plain + " ");
  }

  private void talk(NetClientOptions options) throws Exception {
    CompletableFuture<String> back = new CompletableFuture<>();
    StringBuilder heard = new StringBuilder();
    NetSocket socket =
        lb.vertx
            .createNetClient(options)
            .connect(port, "127.0.0.1", options.isSsl() ? "nlb.localhost" : null)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    socket.handler(
        some -> {
          heard.append(some);
          if (heard.toString().equals("back secret")) {
            back.complete(heard.toString());
          }
        });
    socket.write("secret");
    back.get(10, TimeUnit.SECONDS);
    socket.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private String onlyLine() {
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
    return lines.get(0);
  }

  private void listen(Protocol protocol, List<Certificate> shown, List<String> alpn) {
    lb.listen(
        new Listener(
            port,
            "arn:aws:elasticloadbalancing:us-east-1:0:listener/net/nlb/1/0123",
            "nlb",
            "arn:aws:elasticloadbalancing:us-east-1:0:loadbalancer/net/nlb/1",
            "nlb.localhost",
            protocol,
            List.of(Rule.byDefault("d", Action.Forward.to("g"))),
            "ELBSecurityPolicy-TLS-1-2-2017-01",
            shown,
            alpn,
            LoadBalancerSettings.of(
                "network",
                Map.of("access_logs.s3.enabled", "true", "access_logs.s3.bucket", "logs")),
            ListenerSettings.DEFAULT));
  }
}
