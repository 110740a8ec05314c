package dev.berth.lb.adapter.proxy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Numbered requests from several clients at once, until it is stopped. */
final class Traffic {
  private final Queue<String> answered = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicInteger number = new AtomicInteger();
  private final int limit;
  private volatile boolean stopped;

  private Traffic(ProxyFixture lb, int port, int concurrency, boolean posts, int limit) {
    this.limit = limit;
    for (int i = 0; i < concurrency; i++) {
      clients.add(Thread.ofVirtual().start(() -> run(lb, port, posts)));
    }
  }

  static Traffic gets(ProxyFixture lb, int port, int concurrency) {
    return new Traffic(lb, port, concurrency, false, Integer.MAX_VALUE);
  }

  /** So many requests, every other one a POST. */
  static Traffic mixed(ProxyFixture lb, int port, int concurrency, int requests) {
    return new Traffic(lb, port, concurrency, true, requests);
  }

  private void run(ProxyFixture lb, int port, boolean posts) {
    while (!stopped) {
      int mine = number.getAndIncrement();
      if (mine >= limit) {
        return;
      }
      String path = "/" + mine;
      try {
        HttpResponse<String> answer =
            posts && mine % 2 == 0 ? lb.post(port, path, "body " + mine) : lb.get(port, path);
        if (answer.statusCode() == 200) {
          answered.add(path);
        } else {
          failures.add(path + " " + answer.statusCode());
        }
      } catch (IOException e) {
        failures.add(path + " " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  void awaitAnswers(int count) {
    await()
        .atMost(ProxyFixture.AT_MOST)
        .until(() -> answered.size() >= count || !failures.isEmpty());
  }

  boolean isRunning() {
    return clients.stream().anyMatch(Thread::isAlive);
  }

  void stop() throws InterruptedException {
    stopped = true;
    for (Thread client : clients) {
      client.join();
    }
  }

  Queue<String> answered() {
    return answered;
  }

  Queue<String> failures() {
    return failures;
  }
}
