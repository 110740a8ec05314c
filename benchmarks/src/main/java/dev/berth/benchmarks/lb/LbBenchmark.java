package dev.berth.benchmarks.lb;

import dev.berth.benchmarks.lb.LoadRun.Figures;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.standalone.process.FileTrees;
import dev.berth.standalone.process.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * lb-service, nginx and HAProxy one after the other on one core, with load and backend on the
 * other: processor time per request, latencies, memory, many rules, many targets, a flood of
 * connections. Prints the tables of {@code benchmarks/README.md}.
 */
public final class LbBenchmark {
  private static final int[] CONNECTIONS = {64, 1000};
  private static final int RULES = 10_000;
  private static final int TARGETS = 10_000;
  private static final int FLOOD = 100_000;
  private static final int IDLE = 20_000;
  private static final int RATE = 250;
  private static final int ROUNDS_AT_MOST = 4;
  private static final double STILL_FALLING = 0.85;

  private final BerthProxy berth;
  private final List<Proxy> proxies;
  private final Proxy own;
  private final LoadRun load;
  private final int backend;
  private final Ports ports;
  private final double seconds;

  /** Ports of lb-service beside those that every proxy has. */
  private record Ports(int few, int rules, int many, int flood) {}

  private LbBenchmark(
      BerthProxy berth,
      List<Proxy> proxies,
      LoadRun load,
      int backend,
      Ports ports,
      double seconds) {
    this.berth = berth;
    this.proxies = proxies;
    this.own = proxies.getLast();
    this.load = load;
    this.backend = backend;
    this.ports = ports;
    this.seconds = seconds;
  }

  /**
   * Measures and prints; under six minutes, with {@code full} about twenty.
   *
   * @param root the repository's root, with lb-service built
   */
  public static void run(Path root, boolean full) throws Exception {
    Machine.prepare();
    System.out.println("Load of the machine before: " + Machine.load() + "\n");
    Path folder = Files.createTempDirectory("berth-bench-lb");
    int backend = FreePort.find();
    ServerCertificate certificate = ServerCertificate.make(folder);
    try (Peers peers = new Peers(folder, backend);
        BerthProxy berth = BerthProxy.start(root, folder, certificate, FreePort.find(), backend)) {
      peers.startBackend();
      Proxy nginx = peers.nginx(certificate, FreePort.find(), FreePort.find());
      Proxy haproxy = peers.haproxy(certificate, FreePort.find(), FreePort.find());
      Proxy own = berth.proxy(FreePort.find(), FreePort.find());
      LbBenchmark benchmark =
          new LbBenchmark(
              berth,
              List.of(nginx, haproxy, own),
              new LoadRun(folder, backend),
              backend,
              new Ports(FreePort.find(), FreePort.find(), FreePort.find(), FreePort.find()),
              full ? 15 : 2);
      benchmark.configure();
      benchmark.warmUp(full ? 20 : 6);
      benchmark.throughput();
      benchmark.lowRate();
      benchmark.rules();
      benchmark.idle();
      benchmark.flood();
      benchmark.targets();
    } finally {
      FileTrees.delete(folder);
    }
    System.out.println("\nLoad of the machine after: " + Machine.load());
  }

  private List<ListenerDesired> listeners(int manyRules) {
    return List.of(
        berth.listener(own.plain(), 0),
        berth.https(own.tls()),
        berth.listener(ports.few(), 10),
        berth.listener(ports.rules(), manyRules),
        berth.toMany(ports.many()),
        berth.listener(ports.flood(), 0));
  }

  private void configure() throws Exception {
    berth.register("web", 0, 1);
    berth.listen(listeners(10));
    berth.await("berth_lb_targets_healthy", "web", 1);
  }

  /** A run of load. */
  private interface Load {
    Figures run() throws Exception;
  }

  /** So that the just-in-time compilers have seen it. */
  private void warmUp(double length) throws Exception {
    warmUp(() -> load.wrk(own, url(own, false, "/small"), 64, length));
    warmUp(() -> load.h2load(own, url(own, true, "/small"), 64, length));
    load.wrk(own, url(own, true, "/small"), 64, length);
    load.wrk(own, url(own, false, "/large"), 64, length / 3);
    load.h2load(own, url(own, true, "/large"), 64, length);
  }

  private static void warmUp(Load load) throws Exception {
    double before = load.run().cpuMicros();
    double now = load.run().cpuMicros();
    // On a busy machine the compilers get less of it, and more requests are needed.
    for (int more = 0; more < ROUNDS_AT_MOST && now < before * STILL_FALLING; more++) {
      before = now;
      now = load.run().cpuMicros();
    }
  }

  private static String url(Proxy proxy, boolean tls, String path) {
    return tls
        ? "https://localhost:" + proxy.tls() + path
        : "http://127.0.0.1:" + proxy.plain() + path;
  }

  private void throughput() throws Exception {
    System.out.println(
        """
        | protocol | answer | connections | proxy | CPU us/request | requests/s | p50 ms | p99 ms | p99.9 ms | failed |
        |---|---|---|---|---|---|---|---|---|---|\
        """);
    for (String protocol : List.of("HTTP/1.1", "TLS", "HTTP/2")) {
      for (String path : List.of("/small", "/large")) {
        for (int connections : CONNECTIONS) {
          for (Proxy proxy : proxies) {
            String url = url(proxy, !protocol.equals("HTTP/1.1"), path);
            Figures figures =
                protocol.equals("HTTP/2")
                    ? load.h2load(proxy, url, connections, seconds)
                    : load.wrk(proxy, url, connections, seconds);
            System.out.printf(
                Locale.ROOT,
                "| %s | %s | %,d | %s | %s |%n",
                protocol,
                path.equals("/small") ? "13 bytes" : "64 KiB",
                connections,
                proxy.name(),
                figures.cells());
          }
        }
      }
    }
  }

  private void lowRate() throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%n| one connection, %d requests/s | p50 us | p99 us |%n|---|---|---|%n",
        RATE);
    line("no proxy", backend);
    for (Proxy proxy : proxies) {
      line(proxy.name(), proxy.plain());
    }
  }

  private void line(String name, int port) throws IOException {
    long[] micros = PacedLine.measure(port, RATE, (int) (RATE * Math.max(3, seconds)));
    Arrays.sort(micros);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.0f |%n",
        name,
        1e3 * LoadRun.part(micros, 0.5),
        1e3 * LoadRun.part(micros, 0.99));
  }

  private void rules() throws Exception {
    berth.listen(listeners(RULES));
    berth.await("berth_lb_targets_healthy", "web", 1);
    System.out.println(
        "\n"
            + "| rules of the listener | CPU us/request | requests/s | p50 ms | p99 ms | p99.9 ms |"
            + " failed |\n"
            + "|---|---|---|---|---|---|---|");
    String few = "http://127.0.0.1:" + ports.few() + "/";
    String many = "http://127.0.0.1:" + ports.rules() + "/";
    load.wrkRules(own, many, 64, 2, RULES);
    System.out.println("| 10 | " + load.wrkRules(own, few, 64, seconds, 10).cells() + " |");
    System.out.println("| 10,000 | " + load.wrkRules(own, many, 64, seconds, RULES).cells() + " |");
  }

  private void targets() throws Exception {
    int half = TARGETS / 2;
    String url = "http://127.0.0.1:" + ports.many() + "/small";
    berth.register(BerthProxy.MANY, 0, 10);
    berth.await("berth_lb_targets_healthy", BerthProxy.MANY, 10);
    System.out.println(
        "\n"
            + "| targets of the group | CPU us/request | requests/s | p50 ms | p99 ms | p99.9 ms |"
            + " failed | longest ms | done after s |\n"
            + "|---|---|---|---|---|---|---|---|---|");
    print("10, nothing changes", load.wrk(own, url, 64, seconds), "");
    List<Double> took = new ArrayList<>();
    Figures more =
        load.wrk(
            own,
            url,
            64,
            8,
            "plain.lua",
            "0",
            () -> {
              long start = System.nanoTime();
              berth.register(BerthProxy.MANY, 10, half);
              berth.await("berth_lb_targets_registered", BerthProxy.MANY, half);
              took.add((System.nanoTime() - start) / 1e9);
            });
    print("from 10 to 5,000", more, seconds(took.getLast()));
    berth.register(BerthProxy.MANY, half, TARGETS);
    berth.await("berth_lb_targets_registered", BerthProxy.MANY, TARGETS);
    print("10,000, nothing changes", load.wrk(own, url, 64, seconds), "");
    Figures fewer =
        load.wrk(
            own,
            url,
            64,
            6,
            "plain.lua",
            "0",
            () -> {
              long start = System.nanoTime();
              berth.deregister(BerthProxy.MANY, 10, TARGETS);
              berth.await("berth_lb_targets_registered", BerthProxy.MANY, 10);
              took.add((System.nanoTime() - start) / 1e9);
            });
    print("from 10,000 to 10", fewer, seconds(took.getLast()));
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static void print(String what, Figures figures, String took) {
    System.out.printf(
        Locale.ROOT, "| %s | %s | %.1f | %s |%n", what, figures.cells(), figures.longest(), took);
  }

  private void idle() throws IOException {
    int most = Math.min(IDLE, Machine.openFiles() * 8 / 10);
    System.out.printf(
        Locale.ROOT,
        "%n| %,d idle connections | open | resident before MiB | with them MiB | KiB each |%n"
            + "|---|---|---|---|---|%n",
        most);
    for (Proxy proxy : proxies) {
      long before = proxy.residentKiB();
      try (Connections connections = Connections.open(proxy.plain(), most)) {
        long with = proxy.residentKiB();
        System.out.printf(
            Locale.ROOT,
            "| %s | %,d | %d | %d | %.1f |%n",
            proxy.name(),
            connections.served(),
            before / 1024,
            with / 1024,
            (double) (with - before) / Math.max(1, connections.served()));
      }
    }
  }

  private void flood() throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%n%,d connections attempted on another listener, of %,d files that a process may have"
            + " open:%n%n",
        FLOOD,
        Machine.openFiles());
    System.out.println(
        "| the listener beside it | CPU us/request | requests/s | p50 ms | p99 ms | p99.9 ms |"
            + " failed |\n"
            + "|---|---|---|---|---|---|---|");
    String url = url(own, false, "/small");
    System.out.println("| before | " + load.wrk(own, url, 64, seconds).cells() + " |");
    long before = own.residentKiB();
    List<String> outcome = new ArrayList<>();
    Figures during =
        load.wrk(
            own,
            url,
            64,
            12,
            "plain.lua",
            "0",
            () -> {
              long start = System.nanoTime();
              try (Connections flood = Connections.open(ports.flood(), FLOOD)) {
                outcome.add(
                    String.format(
                        Locale.ROOT,
                        "%,d served, %,d answered with 503, %,d closed or refused, %,d without any"
                            + " answer, in %.1f s; resident %d MiB before, %d MiB with them.",
                        flood.served(),
                        flood.busy(),
                        flood.refused(),
                        flood.silent(),
                        (System.nanoTime() - start) / 1e9,
                        before / 1024,
                        own.residentKiB() / 1024));
              }
            });
    System.out.println("| during | " + during.cells() + " |");
    System.out.println("| after | " + load.wrk(own, url, 64, seconds).cells() + " |\n");
    outcome.forEach(System.out::println);
  }
}
