package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Action;
import dev.berth.lb.domain.Stickiness;
import dev.berth.lb.domain.TargetGroup;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;

/** Which targets a request was sent to, and which one is next. */
final class Attempts {
  private final ProxyLoop loop;
  private final Action.Forward forward;
  private final GroupBalancer group;
  private List<Upstream> tried = List.of();

  Attempts(ProxyLoop loop, Action.Forward forward, GroupBalancer group) {
    this.loop = loop;
    this.forward = forward;
    this.group = group;
  }

  boolean mayGoOn() {
    return tried.size() < loop.settings().maxAttempts();
  }

  boolean isFirst() {
    return tried.size() == 1;
  }

  /** The next target, with a place in it taken; null when there is none that takes a request. */
  Upstream next(HttpRequest request) {
    Upstream next = tried.isEmpty() ? stuckTo(request) : null;
    if (next == null) {
      next = group.acquire(loop.index(), loop.now(), tried);
    }
    if (next == null && tried.size() == 1) {
      // The only target closed a kept connection, or wasn't up to it for a moment.
      next = group.acquire(loop.index(), loop.now(), List.of());
    }
    if (next != null) {
      note(next);
    }
    return next;
  }

  private Upstream stuckTo(HttpRequest request) {
    TargetGroup settings = group.group();
    Stickiness stickiness = settings == null ? Stickiness.NONE : settings.settings().stickiness();
    if (stickiness.equals(Stickiness.NONE)) {
      return null;
    }
    long wanted = Stick.target(request, stickiness, loop.epochSeconds());
    return wanted == 0 ? null : group.acquire(wanted);
  }

  private void note(Upstream next) {
    if (tried.isEmpty()) {
      tried = List.of(next);
      return;
    }
    List<Upstream> more = new ArrayList<>(tried);
    more.add(next);
    tried = more;
  }

  /** Adds the cookies that bring the client back to where it was answered. */
  void stick(HttpHeaders answer, Upstream target) {
    Stickiness stickiness = target.group().settings().stickiness();
    if (!stickiness.equals(Stickiness.NONE) || !forward.stickiness().isZero()) {
      Stick.add(answer, stickiness, target, forward, group.arn(), loop.epochSeconds());
    }
  }
}
