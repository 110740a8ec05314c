package dev.berth.lb.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.ListenerState;
import dev.berth.contracts.loadbalancer.ListenerStatus;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListenerWatchTest implements OpenPorts, LoadBalancerReports {
  private final Set<Integer> open = new HashSet<>();
  private final Map<String, String> failures = new HashMap<>();
  private final Map<String, List<ListenerStatus>> told = new LinkedHashMap<>();
  private final Map<String, Instant> since = new HashMap<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private List<Balancer.Present> present = List.of();
  private int reports;
  private final ListenerWatch watch =
      new ListenerWatch(
          () -> new Balancer.Summary(Map.of(), Map.of(), present), this, this, () -> now);

  @Test
  void aPortThatSomebodyElseHasIsToldOnceAndThatItIsOpenInTheEnd() {
    wanted("web", Map.of(), listener("HTTP", 80));
    watch.look();
    assertThat(told.get("arn:web")).containsExactly(status(80, ListenerState.OPENING, null));

    failures.put("80", "Address already in use");
    now = now.plusSeconds(1);
    watch.look();
    watch.look();
    assertThat(told.get("arn:web"))
        .containsExactly(status(80, ListenerState.FAILED, "Address already in use"));
    assertThat(reports).isEqualTo(2);

    failures.clear();
    open.add(80);
    watch.look();
    assertThat(told.get("arn:web")).containsExactly(status(80, ListenerState.OPEN, null));
  }

  @Test
  void everythingIsToldAgainWithTheTimeOfItsLastChange() {
    open.add(80);
    wanted("web", Map.of(), listener("HTTP", 80));
    watch.look();
    Instant first = now;

    now = now.plus(Duration.ofSeconds(30));
    watch.tellAgain();

    assertThat(reports).isEqualTo(2);
    assertThat(since.get("arn:web")).isEqualTo(first);
  }

  @Test
  void oneThatIsServedInPartOnlyHasFailed() {
    open.add(53);
    failures.put("53/udp", "Address already in use");
    wanted("dns", Map.of(), listener("TCP_UDP", 53), listener("TCP", 54), listener("UDP", 55));
    failures.put("55", "somebody else's TCP port");
    open.add(55);

    watch.look();

    assertThat(told.get("arn:dns"))
        .containsExactly(
            status(53, ListenerState.FAILED, "Address already in use"),
            status(54, ListenerState.OPENING, null),
            status(55, ListenerState.OPEN, null));
  }

  @Test
  void oneThatCannotBeServedAsItIsWantedSaysWhy() {
    open.add(80);
    wanted(
        "web",
        Map.of("arn:listener-80", "port 80 belongs to load balancer shop"),
        listener("TCP", 80));

    watch.look();

    assertThat(told.get("arn:web"))
        .containsExactly(status(80, ListenerState.FAILED, "port 80 belongs to load balancer shop"));
  }

  @Test
  void whatIsGoneIsForgottenOnce() {
    wanted("web", Map.of());
    watch.look();
    assertThat(told).containsEntry("arn:web", List.of());

    present = List.of();
    watch.look();
    watch.tellAgain();

    assertThat(told).isEmpty();
  }

  private void wanted(String name, Map<String, String> refused, ListenerDesired... listeners) {
    LoadBalancerDesired balancer =
        new LoadBalancerDesired(
            name,
            "arn:" + name,
            1,
            "test",
            name + ".local",
            Stream.of(listeners).toList(),
            List.of(),
            now,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    present = List.of(new Balancer.Present(balancer, refused));
  }

  private static ListenerDesired listener(String protocol, int port) {
    return new ListenerDesired(
        "arn:listener-" + port, protocol, port, null, null, null, null, null, null, null);
  }

  private static ListenerStatus status(int port, ListenerState state, String reason) {
    return new ListenerStatus("arn:listener-" + port, port, state, reason);
  }

  @Override
  public Map<String, String> portFailures() {
    return failures;
  }

  @Override
  public boolean isOpen(int port) {
    return open.contains(port);
  }

  @Override
  public void report(
      LoadBalancerDesired balancer, List<ListenerStatus> listeners, Instant changedAt) {
    reports++;
    told.put(balancer.loadBalancerArn(), listeners);
    since.put(balancer.loadBalancerArn(), changedAt);
  }

  @Override
  public void forget(String loadBalancerArn) {
    assertThat(told.remove(loadBalancerArn)).isNotNull();
  }
}
