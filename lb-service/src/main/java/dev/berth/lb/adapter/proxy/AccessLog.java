package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Action;
import dev.berth.lb.domain.Rule;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Access logs in ALB's format (ELB: Access log entries), some files for each load balancer below
 * {@code <folder>/<bucket>/<prefix>}. The loops never wait for the disk: lines that it can't take
 * in time are dropped and counted.
 */
final class AccessLog implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(AccessLog.class);
  private static final String RESOURCE = ":loadbalancer/";
  private static final int WAITING_AT_MOST = 65_536;

  /** Always with six digits of a second, as ALB has it. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** What waits when the service stops is written, unless the disk takes longer than that. */
  private static final Duration CLOSE = Duration.ofSeconds(2);

  /** Characters that are written at once; a file may get so much larger than it should. */
  private static final int AT_ONCE = 64 * 1024;

  private final Path folder;
  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(WAITING_AT_MOST);
  private final LongAdder dropped = new LongAdder();
  private final Thread writer;
  private final RotatedLogs logs;

  private record Line(Path name, String text) {}

  /**
   * @param files where access logs go; null for nowhere
   */
  AccessLog(AccessLogFiles files) {
    this.folder = files == null ? null : files.folder();
    this.logs = files == null ? null : new RotatedLogs(files);
    this.writer =
        folder == null
            ? null
            : Thread.ofPlatform().daemon().name("berth-lb-access-log").start(this::run);
  }

  /** Lines that were lost because the disk was too slow or refused them. */
  long dropped() {
    return dropped.sum();
  }

  void write(Journal journal, Site site, HttpRequest request, ClientSide client) {
    if (folder != null) {
      offer(site, line(journal, site, request, client, Instant.now()));
    }
  }

  /** A flow to a listener of TLS has ended. */
  void write(FlowLog flow, Site site, long nanos) {
    if (folder != null) {
      offer(site, flow.line(site, nanos, Instant.now()));
    }
  }

  private void offer(Site site, String line) {
    Path name =
        folder
            .resolve(site.listener().balancer().accessLog())
            .normalize()
            .resolve(site.listener().loadBalancer());
    if (!name.startsWith(folder) || !waiting.offer(new Line(name, line))) {
      dropped.increment();
    }
  }

  static String line(
      Journal journal, Site site, HttpRequest request, ClientSide client, Instant now) {
    boolean tls = client.tls() != null;
    String type =
        client.isHttp2()
            ? Requests.isGrpc(request) ? "grpcs" : "h2"
            : journal.code() == 101 ? (tls ? "wss" : "ws") : tls ? "https" : "http";
    InetSocketAddress remote = client.remote();
    Upstream target = journal.target();
    String targetAddress =
        target == null ? "-" : target.address().getHostString() + ":" + target.address().getPort();
    Rule rule = journal.rule();
    String host = request.headers().get(HttpHeaderNames.HOST, "-");
    List<String> fields = new ArrayList<>(32);
    fields.add(type);
    fields.add(TIME.format(now));
    fields.add(resource(site));
    fields.add(remote.getAddress().getHostAddress() + ":" + remote.getPort());
    fields.add(targetAddress);
    fields.add(seconds(journal.requestNanos()));
    fields.add(seconds(journal.targetNanos()));
    fields.add(seconds(journal.responseNanos()));
    fields.add(Integer.toString(journal.code()));
    fields.add(journal.targetCode() == 0 ? "-" : Integer.toString(journal.targetCode()));
    fields.add(Long.toString(journal.requestBytes()));
    fields.add(Long.toString(journal.sentBytes()));
    fields.add(quoted(requestLine(request, client, host)));
    fields.add(quoted(request.headers().get(HttpHeaderNames.USER_AGENT, "-")));
    fields.add(tls ? SecurityPolicy.openSsl(client.tls().getCipherSuite()) : "-");
    fields.add(tls ? client.tls().getProtocol() : "-");
    fields.add(target == null ? "-" : target.target().key().targetGroupArn());
    fields.add(quoted(request.headers().get(HeaderRules.TRACE_ID, "-")));
    ClientPipeline.Handshake handshake = handshake(client);
    fields.add(quoted(handshake == null ? null : handshake.serverName()));
    fields.add(quoted(handshake == null ? null : handshake.certificateArn()));
    fields.add(rule == null ? "-" : rule.priority() == Rule.DEFAULT ? "0" : "" + rule.priority());
    fields.add(TIME.format(now.minusNanos(journal.nanos())));
    fields.add(quoted(action(rule)));
    fields.add(quoted(journal.redirect()));
    fields.add(quoted("-"));
    fields.add(quoted(targetAddress));
    fields.add(quoted(journal.targetCode() == 0 ? "-" : "" + journal.targetCode()));
    fields.add(quoted(journal.classification()));
    fields.add(quoted(journal.reason()));
    fields.add("TID_" + client.channel().id().asShortText());
    return String.join(" ", fields);
  }

  /** A load balancer by the end of its ARN. */
  static String resource(Site site) {
    String arn = site.listener().loadBalancerArn();
    int end = arn == null ? -1 : arn.indexOf(RESOURCE);
    return end < 0 ? site.listener().loadBalancer() : arn.substring(end + RESOURCE.length());
  }

  /** How large a message is in HTTP/1.1, but for its body; ELB counts it as received and sent. */
  static int headBytes(HttpMessage message) {
    int size =
        message instanceof HttpRequest request
            ? request.method().name().length() + request.uri().length() + " HTTP/1.1 \r\n".length()
            : "HTTP/1.1 200 \r\n".length()
                + ((HttpResponse) message).status().reasonPhrase().length();
    for (Iterator<Map.Entry<CharSequence, CharSequence>> all =
            message.headers().iteratorCharSequence();
        all.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> each = all.next();
      size += each.getKey().length() + each.getValue().length() + ": \r\n".length();
    }
    return size + "\r\n".length();
  }

  /** A request that couldn't be read to the end has no line that could be shown. */
  private static String requestLine(HttpRequest request, ClientSide client, String host) {
    String start = (client.tls() == null ? "http" : "https") + "://" + Facts.hostOf(host) + ":";
    if (request.decoderResult().isFailure()) {
      return "- " + start + client.port().number() + "- -";
    }
    String version = client.isHttp2() ? "HTTP/2.0" : request.protocolVersion().text();
    return request.method()
        + " "
        + start
        + client.port().number()
        + Facts.originForm(request.uri())
        + " "
        + version;
  }

  private static String action(Rule rule) {
    return rule == null
        ? "-"
        : switch (rule.action()) {
          case Action.Forward forward -> "forward";
          case Action.Redirect redirect -> "redirect";
          case Action.FixedResponse fixed -> "fixed-response";
          case Action.Unsupported unsupported -> "-";
        };
  }

  private static String seconds(long nanos) {
    return nanos < 0 ? "-1" : String.format(Locale.ROOT, "%.3f", nanos / 1e9);
  }

  /** What TLS agreed on; a stream of HTTP/2 has it of its connection. */
  private static ClientPipeline.Handshake handshake(ClientSide client) {
    Channel connection = client.isHttp2() ? client.channel().parent() : client.channel();
    return client.tls() == null ? null : connection.attr(ClientPipeline.HANDSHAKE).get();
  }

  private static String quoted(String given) {
    String text = given == null ? "-" : given;
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < ' ' || c >= 0x7f) {
        quoted.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private void run() {
    try {
      while (true) {
        Line next = waiting.poll(1, TimeUnit.SECONDS);
        if (next != null) {
          append(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      for (Line rest = waiting.poll(); rest != null; rest = waiting.poll()) {
        append(rest);
      }
      logs.close();
    }
  }

  /** Writes a line, and with it those behind it that go to the same file. */
  private void append(Line first) {
    StringBuilder lines = new StringBuilder(first.text()).append('\n');
    int count = 1;
    for (Line more = waiting.peek();
        more != null && more.name().equals(first.name()) && lines.length() < AT_ONCE;
        more = waiting.peek()) {
      lines.append(waiting.remove().text()).append('\n');
      count++;
    }
    try {
      logs.append(first.name(), lines.toString(), Instant.now());
    } catch (IOException e) {
      if (dropped.sum() == 0) {
        LOG.errorf("The access log can't be written; lines are dropped and counted: %s", e);
      }
      dropped.add(count);
    }
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.interrupt();
      try {
        writer.join(CLOSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
