package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Action;
import dev.berth.lb.domain.CompiledRule;
import dev.berth.lb.domain.ProtocolVersion;
import io.netty.channel.Channel;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * One request from its headers to the last byte of its answer. Lives on one loop.
 *
 * <p>A request is tried on another target as long as the one before can't have acted on it: when no
 * connection could be made or nothing was written, whatever the request; and when the connection
 * broke before any byte of the answer, if the request is idempotent.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Exchange {
  private final ClientSide client;
  private final ProxyLoop loop;
  private final HttpRequest request;
  private final RequestBody body;
  private final boolean webSocket;
  private final boolean expectsContinue;
  private final AnswerRelay relay;
  final Journal journal;
  private long lastActivity;
  private Site site;
  private RouteMetrics metrics;
  private Attempts attempts;
  private String uri;
  private int failure = 503;
  private Upstream upstream;
  private TargetStream target;
  private boolean written;
  private boolean headersReady;
  private boolean continued;
  private boolean done;

  Exchange(ClientSide client, HttpRequest request, boolean hasBody) {
    this.client = client;
    this.loop = client.loop();
    this.request = request;
    this.body = hasBody ? new RequestBody(loop.settings().replayBytes()) : null;
    this.webSocket = Requests.asksForWebSocket(request, client);
    this.expectsContinue = hasBody && HttpUtil.is100ContinueExpected(request);
    this.relay = new AnswerRelay(client);
    this.journal = new Journal(System.nanoTime());
    loop.began();
    touch();
  }

  boolean isHead() {
    return request.method().equals(HttpMethod.HEAD);
  }

  void start() {
    Requests.takeAddress(request, client);
    Facts facts = new Facts(request, client);
    site = client.port().site(facts);
    if (site == null) {
      metrics = RouteMetrics.NONE;
      answer(Answers.error(503, null));
      return;
    }
    metrics = site.metrics(null);
    if (site.isLogged()) {
      journal.requestHead(AccessLog.headBytes(request));
    }
    int refusal = Requests.refusal(request, client, site, journal);
    if (refusal != 0) {
      loop.rejected();
      client.closeAfterAnswer();
      answer(Answers.error(refusal, site));
      return;
    }
    CompiledRule rule = site.find(facts);
    if (rule == null) {
      answer(Answers.error(503, site));
      return;
    }
    journal.rule(rule.rule());
    if (rule.rule().action() instanceof Action.Forward to) {
      uri = rule.path() == null ? facts.originUri() : rule.path().apply(facts.originUri());
      if (rule.host() != null) {
        request.headers().set(HttpHeaderNames.HOST, rule.host().apply(facts.host()));
      }
      forward(to);
    } else {
      FullHttpResponse own = Answers.to(rule.rule().action(), request, client, site);
      journal.redirected(own.headers().get(HttpHeaderNames.LOCATION));
      answer(own);
    }
  }

  private void forward(Action.Forward to) {
    GroupBalancer group = Weights.choose(to, site, request, loop.epochSeconds());
    if (group == null) {
      answer(Answers.error(503, site));
      return;
    }
    metrics = site.metrics(group);
    if (group.group() != null
        && Requests.isIncompatible(request, client, group.group().version())) {
      answer(Answers.error(464, site));
      return;
    }
    attempts = new Attempts(loop, to, group);
    attempt();
  }

  /** A part of the request's body; the exchange releases it. */
  void requestPart(HttpContent part) {
    if (body == null || done) {
      part.release();
      return;
    }
    touch();
    boolean more = body.add(part);
    if (body.hasEnded() || !more) {
      flushTarget();
    }
    // The flush may have made room again, and told so before this.
    if (!more && !body.hasEnded() && (target == null || !target.channel().isWritable())) {
      client.pause();
    }
  }

  void requestReadComplete() {
    if (body != null && !body.hasEnded()) {
      flushTarget();
    }
  }

  private void flushTarget() {
    if (target != null) {
      target.channel().flush();
    }
  }

  boolean isRequestRead() {
    return body == null || body.hasEnded();
  }

  /** Ends the exchange when nothing has moved for too long. */
  void sweep(long now) {
    if (done || now - lastActivity < loop.idleNanos(site)) {
      return;
    }
    if (relay.isTunnel()) {
      letGo(false);
      client.abort();
      finish(101);
    } else {
      boolean clientIsSlow = target != null && !isRequestRead() && target.channel().isWritable();
      letGo(false);
      fail(clientIsSlow ? 408 : 504);
    }
  }

  private void touch() {
    lastActivity = loop.now();
  }

  private void attempt() {
    Upstream next = attempts.next(request);
    if (next == null) {
      fail(failure);
      return;
    }
    if (!attempts.isFirst()) {
      metrics.retried();
    }
    upstream = next;
    written = false;
    next.requests.increment();
    next.pool(loop.index()).take((stream, failed) -> taken(next, stream, failed));
  }

  private void taken(Upstream from, TargetStream stream, Throwable failed) {
    if (done || upstream != from) {
      if (stream != null) {
        stream.release(false);
      }
      return;
    }
    touch();
    if (failed != null) {
      from.errors.increment();
      letGo(false);
      again(failed instanceof ConnectTimeoutException ? 504 : 502, true);
      return;
    }
    target = stream;
    stream.assign(this);
    journal.sent();
    send(stream.channel());
  }

  private void send(Channel to) {
    ProtocolVersion version = upstream.group().version();
    if (!headersReady) {
      headersReady = true;
      HeaderRules.toTarget(request.headers(), client, site, version);
      if (webSocket) {
        HeaderRules.upgrade(request.headers());
      }
    }
    if (expectsContinue && !continued) {
      continued = true;
      client.sendContinue();
    }
    HttpHeaders headers = request.headers();
    if (body == null) {
      noteWrite(to.writeAndFlush(Requests.withoutBody(request, uri)));
      return;
    }
    if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    noteWrite(
        to.write(new DefaultHttpRequest(HttpVersion.HTTP_1_1, request.method(), uri, headers)));
    body.sendTo(to);
    to.flush();
    client.resume();
  }

  private void noteWrite(io.netty.channel.ChannelFuture write) {
    if (Requests.isIdempotent(request.method())) {
      // It may be sent again either way.
      return;
    }
    TargetStream mine = target;
    write.addListener(
        result -> {
          if (result.isSuccess() && target == mine) {
            written = true;
          }
        });
  }

  /**
   * The target won't answer.
   *
   * @param untouched whether it said that it did nothing with the request
   */
  void targetFailed(boolean untouched) {
    if (done) {
      return;
    }
    upstream.errors.increment();
    letGo(false);
    if (relay.isTunnel()) {
      client.abort();
      finish(101);
    } else if (relay.hasBegun()) {
      // The client has a part of an answer: a broken connection tells it so.
      client.abort();
      finish(502);
    } else {
      again(502, untouched || !written || Requests.isIdempotent(request.method()));
    }
  }

  /** Tries another target if that is safe, or answers with the failure. */
  private void again(int code, boolean safe) {
    failure = code;
    boolean replayable = body == null || body.canReplay();
    if (safe && replayable && attempts.mayGoOn()) {
      attempt();
    } else {
      fail(code);
    }
  }

  void answerHead(HttpResponse head) {
    touch();
    if (head.status().code() == 101 && !webSocket) {
      // Nobody asked for another protocol; what follows would be taken for whatever one likes.
      upstream.errors.increment();
      letGo(false);
      fail(502);
      return;
    }
    journal.answered(head.status().code());
    if (body != null) {
      body.drop();
    }
    if (head.status().code() >= 500) {
      upstream.errors.increment();
    }
    HttpHeaders headers = head.headers();
    HeaderRules.toClient(
        headers, site, upstream.group().version() != ProtocolVersion.HTTP1, loop.epochSeconds());
    attempts.stick(headers, upstream);
    if (site.isLogged()) {
      journal.answerHead(AccessLog.headBytes(head));
    }
    if (head.status().code() == 101) {
      relay.upgrade(head, (Http1Target) target);
    } else {
      relay.head(request, head);
    }
  }

  /** A part of the answer's body; the exchange releases it. */
  void answerPart(HttpContent part) {
    touch();
    journal.received(part.content().readableBytes());
    boolean last = part instanceof LastHttpContent;
    relay.part(part, target);
    if (last) {
      boolean whole = isRequestRead();
      letGo(whole);
      finish(journal.code());
      client.answered(whole);
    }
  }

  void targetReadComplete() {
    relay.flush();
  }

  /** The client took what waited, or it doesn't. */
  void clientWritable(boolean writable) {
    if (target != null && writable) {
      touch();
      target.channel().config().setAutoRead(true);
    }
  }

  /** The target took what waited, or it doesn't. */
  void targetWritable(boolean writable) {
    if (writable) {
      touch();
      client.resume();
    } else if (relay.isTunnel()) {
      client.pause();
    }
  }

  void tunnelFromTarget(Object message) {
    touch();
    relay.fromTarget(message, target);
  }

  void tunnelFromClient(Object message) {
    touch();
    AnswerRelay.fromClient(message, target);
  }

  /**
   * What the client sends of its body can't be read: the target's connection goes.
   *
   * @return whether the client can still be told so
   */
  boolean requestBroken() {
    boolean told = !done && !relay.hasBegun();
    if (!done) {
      letGo(false);
      finish(400);
    }
    return told;
  }

  void clientGone() {
    if (!done) {
      letGo(false);
      finish(relay.isTunnel() ? 101 : 460);
    }
  }

  /** The target has nothing more to do for this request. */
  private void letGo(boolean keep) {
    Upstream left = upstream;
    TargetStream stream = target;
    upstream = null;
    target = null;
    if (body != null) {
      body.detach();
    }
    if (stream != null) {
      stream.release(keep);
    }
    if (left != null) {
      journal.target(left);
      left.release();
    }
  }

  private void fail(int code) {
    if (done) {
      return;
    }
    if (relay.hasBegun()) {
      client.abort();
      finish(code);
    } else {
      answer(Answers.error(code, site));
    }
  }

  /** An answer from the balancer itself. */
  private void answer(FullHttpResponse own) {
    int code = own.status().code();
    boolean whole = isRequestRead();
    client.frame(request, own, isHead());
    if (site != null && site.isLogged()) {
      journal.answerHead(AccessLog.headBytes(own));
      journal.received(isHead() ? 0 : own.content().readableBytes());
    }
    client.channel().writeAndFlush(isHead() ? LastParts.headOnly(own) : own);
    finish(code);
    client.answered(whole);
  }

  private void finish(int code) {
    done = true;
    if (body != null) {
      body.drop();
    }
    journal.ended(code, body == null ? 0 : body.bytes());
    metrics.done(code, journal.nanos());
    loop.ended(this, site, request, client);
  }
}
