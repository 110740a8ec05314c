package dev.berth.benchmarks.lb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Load from wrk, or h2load for HTTP/2. Processor time counts over a window in the middle of it,
 * divided by the requests that the backend counted in the same window: handshakes and the start of
 * the load aren't in it.
 */
final class LoadRun {
  private static final long LEAD_MILLIS = 1000;

  /** For a handshake on both cores. */
  private static final long LEAD_MILLIS_A_HANDSHAKE = 2;

  private static final Pattern RESULT =
      Pattern.compile("RESULT (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");
  private static final Pattern COUNTS = Pattern.compile(" *\\d+ +\\d+ +(\\d+) *");

  private final Path folder;
  private final int backend;

  /** What a run showed; times in milliseconds. */
  record Figures(
      double cpuMicros,
      double perSecond,
      double p50,
      double p99,
      double p999,
      double longest,
      long failed) {
    String cells() {
      return String.format(
          Locale.ROOT,
          "%.1f | %.0f | %.2f | %.2f | %.2f | %d",
          cpuMicros,
          perSecond,
          p50,
          p99,
          p999,
          failed);
    }
  }

  LoadRun(Path folder, int backend) throws IOException {
    this.folder = folder;
    this.backend = backend;
    String done =
        """
        done = function(s, l, r)
          local e = s.errors
          io.write(string.format("RESULT %d %d %d %d %d %d\\n", s.requests,
            e.connect + e.read + e.write + e.timeout + e.status,
            l:percentile(50), l:percentile(99), l:percentile(99.9), l.max))
        end
        """;
    Files.writeString(folder.resolve("plain.lua"), done);
    Files.writeString(
        folder.resolve("rules.lua"),
        """
        local most = 10
        init = function(args) most = tonumber(args[1]) end
        request = function()
          return wrk.format("GET", "/r" .. math.random(0, most - 1) .. "/small")
        end
        """
            + done);
  }

  /** How long connections take to be there before anything counts. */
  private static long lead(String url, int connections) {
    return LEAD_MILLIS + (url.startsWith("https") ? LEAD_MILLIS_A_HANDSHAKE * connections : 0);
  }

  private static long wholeSeconds(double seconds, long leadMillis) {
    return Math.round(Math.ceil(seconds + leadMillis / 1e3));
  }

  /** Keep-alive connections, each of which asks again as soon as it is answered. */
  Figures wrk(Proxy proxy, String url, int connections, double seconds) throws Exception {
    return wrk(proxy, url, connections, seconds, "plain.lua", "0", () -> {});
  }

  /** Like {@link #wrk}, and asks for any of the paths that so many rules are about. */
  Figures wrkRules(Proxy proxy, String url, int connections, double seconds, int rules)
      throws Exception {
    return wrk(proxy, url, connections, seconds, "rules.lua", Integer.toString(rules), () -> {});
  }

  /** Something that happens during a load. */
  interface Meanwhile {
    void happen() throws Exception;
  }

  Figures wrk(
      Proxy proxy,
      String url,
      int connections,
      double seconds,
      String script,
      String argument,
      Meanwhile meanwhile)
      throws Exception {
    List<String> command =
        List.of(
            "wrk",
            "-t1",
            "-c" + connections,
            "-d" + wholeSeconds(seconds, lead(url, connections)) + "s",
            "--timeout",
            "10s",
            "-s",
            folder.resolve(script).toString(),
            url,
            "--",
            argument);
    Window window = new Window(proxy, lead(url, connections));
    String output = window.over(command, seconds, meanwhile);
    Matcher result = RESULT.matcher(output);
    if (!result.find()) {
      throw new IllegalStateException(command + " said " + output);
    }
    return window.figures(
        millis(result, 3),
        millis(result, 4),
        millis(result, 5),
        millis(result, 6),
        Long.parseLong(result.group(2)));
  }

  private static double millis(Matcher result, int group) {
    return Long.parseLong(result.group(group)) / 1e3;
  }

  /** One stream at a time on each connection of HTTP/2. */
  Figures h2load(Proxy proxy, String url, int connections, double seconds) throws Exception {
    Path log = folder.resolve("h2load.log");
    Files.deleteIfExists(log);
    List<String> command =
        List.of(
            "h2load",
            "-t1",
            "-c" + connections,
            "-m1",
            "-D" + wholeSeconds(seconds, lead(url, connections)),
            "--log-file=" + log,
            url);
    Window window = new Window(proxy, lead(url, connections));
    window.over(command, seconds, () -> {});
    long failed = 0;
    long[] micros = new long[1 << 20];
    int count = 0;
    try (BufferedReader lines = Files.newBufferedReader(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split("\t");
        failed += fields[1].equals("200") ? 0 : 1;
        micros = count == micros.length ? Arrays.copyOf(micros, 2 * count) : micros;
        micros[count++] = Long.parseLong(fields[2]);
      }
    }
    long[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    return window.figures(
        part(sorted, 0.5), part(sorted, 0.99), part(sorted, 0.999), part(sorted, 1), failed);
  }

  /** The time that so much stayed within, in milliseconds. */
  static double part(long[] sortedMicros, double part) {
    return sortedMicros.length == 0
        ? 0
        : sortedMicros[Math.max(0, (int) Math.ceil(part * sortedMicros.length) - 1)] / 1e3;
  }

  /** Requests that the backend has answered since its start. */
  private long counted() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), backend)) {
      socket
          .getOutputStream()
          .write(
              "GET /count HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(COUNTS::matcher)
          .filter(Matcher::matches)
          .mapToLong(counts -> Long.parseLong(counts.group(1)))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The window in the middle of a load. */
  private final class Window {
    private final Proxy proxy;
    private final long leadMillis;
    private double cpu;
    private long requests;
    private double seconds;

    Window(Proxy proxy, long leadMillis) {
      this.proxy = proxy;
      this.leadMillis = leadMillis;
    }

    String over(List<String> command, double length, Meanwhile meanwhile) throws Exception {
      Process load =
          new ProcessBuilder(new ArrayList<>(command))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("load.out").toFile())
              .start();
      load.waitFor(leadMillis, TimeUnit.MILLISECONDS);
      double cpuBefore = proxy.cpuMicros();
      long before = counted();
      long start = System.nanoTime();
      meanwhile.happen();
      load.waitFor(
          Math.round(length * 1e3 - 300) - (System.nanoTime() - start) / 1_000_000,
          TimeUnit.MILLISECONDS);
      cpu = proxy.cpuMicros() - cpuBefore;
      requests = counted() - before;
      seconds = (System.nanoTime() - start) / 1e9;
      if (!load.waitFor(60, TimeUnit.SECONDS)) {
        load.destroyForcibly();
      }
      return Files.readString(folder.resolve("load.out"));
    }

    Figures figures(double p50, double p99, double p999, double longest, long failed) {
      return new Figures(
          cpu / Math.max(1, requests), requests / seconds, p50, p99, p999, longest, failed);
    }
  }
}
