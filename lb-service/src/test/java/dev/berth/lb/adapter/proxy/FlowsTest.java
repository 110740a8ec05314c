package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.lb.domain.Action;
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
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Network load balancers: TCP, TLS and UDP. */
class FlowsTest {
  @TempDir Path folder;
  private ProxyFixture lb;
  private int port;

  @BeforeEach
  void start() throws Exception {
    lb = new ProxyFixture();
    port = ProxyFixture.freePort();
  }

  @AfterEach
  void stop() {
    lb.close();
  }

  @Test
  void bytesPassBothWaysAndAHalfClosedEndIsPassedOn() throws Exception {
    int target = echo("");
    group(Protocol.TCP, Map.of(), target);
    listen(Protocol.TCP);

    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(10_000);
      client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();

      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .isEqualTo("hello");
    }
  }

  @Test
  void tlsEndsAtTheBalancer() throws Exception {
    int target = echo("");
    group(Protocol.TCP, Map.of(), target);
    lb.listen(
        new Listener(
            port,
            "arn:l",
            "nlb",
            "arn:nlb",
            "nlb.localhost",
            Protocol.TLS,
            List.of(Rule.byDefault("arn:l", Action.Forward.to("g"))),
            null,
            List.of(Certificates.of(folder, "nlb.localhost")),
            List.of(),
            LoadBalancerSettings.DEFAULT,
            ListenerSettings.DEFAULT));
    CompletableFuture<Buffer> back = new CompletableFuture<>();

    NetSocket socket =
        lb.vertx
            .createNetClient(
                new io.vertx.core.net.NetClientOptions()
                    .setSsl(true)
                    .setTrustAll(true)
                    .setHostnameVerificationAlgorithm(""))
            .connect(port, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    socket.handler(back::complete);
    socket.write("secret");

    assertThat(back.get(10, TimeUnit.SECONDS)).hasToString("secret");
  }

  @Test
  void aClientsFlowsStayWithOneTargetWhenAsked() throws Exception {
    group(
        Protocol.TCP,
        Map.of("stickiness.enabled", "true", "stickiness.type", "source_ip"),
        echo("a"),
        echo("b"),
        echo("c"));
    listen(Protocol.TCP);
    Map<String, Set<String>> targets = new java.util.TreeMap<>();

    for (int i = 0; i < 40; i++) {
      String from = "127.0.0." + (2 + i % 10);
      targets.computeIfAbsent(from, f -> new HashSet<>()).add(ask(from));
    }

    assertThat(targets.values()).allSatisfy(seen -> assertThat(seen).hasSize(1));
    assertThat(targets.values().stream().flatMap(Set::stream).distinct().count()).isGreaterThan(1);
  }

  @Test
  void theTargetSeesTheClientsAddressWhenTheNetworkAllowsIt() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    int target = server(socket -> seen.complete(socket.remoteAddress().hostAddress()));
    group(Protocol.TCP, Map.of("preserve_client_ip.enabled", "true"), target);
    listen(Protocol.TCP);

    try (Socket client = from("127.0.0.9")) {
      assertThat(client.isConnected()).isTrue();
      assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo("127.0.0.9");
    }
  }

  @Test
  void theProxyProtocolNamesTheClient() throws Exception {
    CompletableFuture<Buffer> seen = new CompletableFuture<>();
    int target = server(socket -> socket.handler(seen::complete));
    group(Protocol.TCP, Map.of("proxy_protocol_v2.enabled", "true"), target);
    listen(Protocol.TCP);

    try (Socket client = from("127.0.0.9")) {
      assertThat(client.isConnected()).isTrue();
      byte[] header = seen.get(10, TimeUnit.SECONDS).getBytes();

      assertThat(header).hasSizeGreaterThanOrEqualTo(28);
      assertThat(new byte[] {header[0], header[4], header[12], header[13]})
          .containsExactly(0x0d, 0x00, 0x21, 0x11);
      assertThat(new byte[] {header[16], header[17], header[18], header[19]})
          .containsExactly(127, 0, 0, 9);
    }
  }

  @Test
  void flowsOfATerminatedTargetEnd() throws Exception {
    int target = echo("");
    group(Protocol.TCP, Map.of(), target);
    listen(Protocol.TCP);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(10_000);
      client.getOutputStream().write('x');
      assertThat(client.getInputStream().read()).isEqualTo('x');

      lb.plane.terminate(ProxyFixture.target("g", "t0", target).key());

      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aFlowKeepsItsTargetBusyUntilItEnds() throws Exception {
    int target = echo("");
    group(Protocol.TCP, Map.of(), target);
    listen(Protocol.TCP);
    CompletableFuture<Boolean> idle = new CompletableFuture<>();
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(10_000);
      client.getOutputStream().write('x');
      assertThat(client.getInputStream().read()).isEqualTo('x');
      lb.plane.drain(ProxyFixture.target("g", "t0", target), () -> idle.complete(true));
      client.getOutputStream().write('y');
      assertThat(client.getInputStream().read()).isEqualTo('y');
      assertThat(idle).isNotDone();
    }

    assertThat(idle.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aSilentFlowEnds() throws Exception {
    group(Protocol.TCP, Map.of(), echo(""));
    lb.listen(
        new Listener(
            port,
            "arn:l",
            "nlb",
            "arn:nlb",
            "nlb.localhost",
            Protocol.TCP,
            List.of(Rule.byDefault("arn:l", Action.Forward.to("g"))),
            null,
            List.of(),
            List.of(),
            LoadBalancerSettings.DEFAULT,
            ListenerSettings.of(Map.of("tcp.idle_timeout.seconds", "1"))));

    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(20_000);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void tlsOffersTheProtocolsOfTheListener() throws Exception {
    group(Protocol.TCP, Map.of(), echo(""));
    lb.listen(
        new Listener(
            port,
            "arn:l",
            "nlb",
            "arn:nlb",
            "nlb.localhost",
            Protocol.TLS,
            List.of(Rule.byDefault("arn:l", Action.Forward.to("g"))),
            null,
            List.of(Certificates.of(folder, "nlb.localhost")),
            List.of("h2"),
            LoadBalancerSettings.DEFAULT,
            ListenerSettings.DEFAULT));

    NetSocket socket =
        lb.vertx
            .createNetClient(
                new io.vertx.core.net.NetClientOptions()
                    .setSsl(true)
                    .setTrustAll(true)
                    .setUseAlpn(true)
                    .setApplicationLayerProtocols(List.of("h2", "http/1.1"))
                    .setHostnameVerificationAlgorithm(""))
            .connect(port, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);

    assertThat(socket.applicationLayerProtocol()).isEqualTo("h2");
  }

  @Test
  void datagramsOfAClientAreOneFlow() throws Exception {
    List<Integer> targets = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      targets.add(udpEcho(name));
    }
    group(Protocol.UDP, Map.of(), targets.stream().mapToInt(Integer::intValue).toArray());
    listen(Protocol.UDP);
    Set<String> all = new HashSet<>();

    for (int client = 0; client < 20; client++) {
      try (java.net.DatagramSocket socket = new java.net.DatagramSocket()) {
        socket.setSoTimeout(10_000);
        Set<String> mine = new HashSet<>();
        for (int i = 0; i < 3; i++) {
          byte[] out = "x".getBytes(StandardCharsets.US_ASCII);
          socket.send(new DatagramPacket(out, out.length, InetAddress.getLoopbackAddress(), port));
          DatagramPacket in = new DatagramPacket(new byte[10], 10);
          socket.receive(in);
          mine.add(new String(in.getData(), 0, in.getLength(), StandardCharsets.US_ASCII));
        }
        assertThat(mine).hasSize(1);
        all.addAll(mine);
      }
    }

    assertThat(all).containsExactlyInAnyOrder("ax", "bx");
  }

  private String ask(String from) throws Exception {
    try (Socket client = from(from)) {
      client.setSoTimeout(10_000);
      client.getOutputStream().write('?');
      return new String(client.getInputStream().readNBytes(2), StandardCharsets.US_ASCII);
    }
  }

  private Socket from(String address) throws Exception {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getAllByName(address)[0], 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private int echo(String name) throws Exception {
    return server(
        socket -> socket.handler(bytes -> socket.write(Buffer.buffer(name).appendBuffer(bytes))));
  }

  private int server(io.vertx.core.Handler<NetSocket> handler) throws Exception {
    NetServer server =
        lb.vertx
            .createNetServer()
            .connectHandler(handler)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    return server.actualPort();
  }

  private int udpEcho(String name) throws Exception {
    DatagramSocket socket = lb.vertx.createDatagramSocket();
    socket.handler(
        packet ->
            socket.send(
                Buffer.buffer(name).appendBuffer(packet.data()),
                packet.sender().port(),
                packet.sender().host()));
    return socket
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .localAddress()
        .port();
  }

  private void group(Protocol protocol, Map<String, String> attributes, int... ports) {
    List<dev.berth.lb.domain.Target> targets = new ArrayList<>();
    for (int i = 0; i < ports.length; i++) {
      targets.add(ProxyFixture.target("g", "t" + i, ports[i]));
    }
    lb.group(
        new TargetGroup(
            "g",
            "g",
            HealthCheck.DEFAULT,
            Duration.ZERO,
            protocol,
            ProtocolVersion.HTTP1,
            TargetGroupSettings.of(attributes)),
        targets);
  }

  private void listen(Protocol protocol) {
    lb.listen(
        new Listener(
            port,
            "arn:l",
            "nlb",
            "arn:nlb",
            "nlb.localhost",
            protocol,
            List.of(Rule.byDefault("arn:l", Action.Forward.to("g"))),
            null,
            List.of(),
            List.of(),
            LoadBalancerSettings.DEFAULT,
            ListenerSettings.DEFAULT));
    await().atMost(ProxyFixture.AT_MOST).until(() -> lb.plane.isOpen(port));
  }
}
