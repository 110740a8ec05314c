package dev.berth.api.adapter.aws.elbv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.testing.AwsClients;
import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.Keys;
import dev.berth.contracts.loadbalancer.ListenerState;
import dev.berth.contracts.loadbalancer.ListenerStatus;
import dev.berth.contracts.loadbalancer.LoadBalancerStatus;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerState;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/** What DescribeLoadBalancers makes of listeners whose ports can't be had. */
@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
@SuppressWarnings("unchecked") // the SDK's lists of builders are varargs of a generic type
class ImpairedBalancerTest {
  private static final String CHANNEL = "load-balancer-status";
  private static final String TAKEN = "Address already in use";

  @TestHTTPResource("/")
  URI endpoint;

  @Inject @Any InMemoryConnector connector;
  @Inject Database database;

  private final long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
  private final String name = "i" + UUID.randomUUID().toString().substring(0, 8);
  private ElasticLoadBalancingV2Client elb;
  private String balancer;
  private String listener;

  @BeforeEach
  void listens() {
    elb = AwsClients.of(ElasticLoadBalancingV2Client.builder(), endpoint);
    balancer =
        elb.createLoadBalancer(one -> one.name(name)).loadBalancers().getFirst().loadBalancerArn();
    listener =
        elb.createListener(
                one ->
                    one.loadBalancerArn(balancer)
                        .protocol(ProtocolEnum.HTTP)
                        .port(8099)
                        .defaultActions(
                            action ->
                                action
                                    .type(ActionTypeEnum.FIXED_RESPONSE)
                                    .fixedResponseConfig(answer -> answer.statusCode("200"))))
            .listeners()
            .getFirst()
            .listenerArn();
  }

  @AfterEach
  void gone() {
    elb.deleteLoadBalancer(one -> one.loadBalancerArn(balancer));
    elb.close();
  }

  @Test
  void whatAnLbServiceCannotListenOnIsNamedUntilItCan() {
    assertThat(state().codeAsString()).isEqualTo("active");

    say("lb-1", 0, ListenerState.FAILED, TAKEN);
    await().until(() -> state().codeAsString().equals("active_impaired"));
    assertThat(state().reason())
        .isEqualTo("On lb-1 listener " + listener + ", port 8099: Address already in use.");
    say("lb-1", -1, ListenerState.OPEN, null);
    say("lb-2", 1, ListenerState.OPEN, null);
    await().until(() -> rows() == 2);
    assertThat(state().codeAsString()).as("a late word, and another one's").endsWith("impaired");

    say("lb-1", 2, ListenerState.OPEN, null);
    await().until(() -> state().codeAsString().equals("active"));
    assertThat(state().reason()).isNull();
  }

  @Test
  void oneThatHasGoneIsNotHeardWhereAnotherSpeaks() {
    say("lb-1", -TimeUnit.MINUTES.toMicros(3), ListenerState.FAILED, TAKEN);
    await().until(() -> state().codeAsString().equals("active_impaired"));

    say("lb-2", 0, ListenerState.OPEN, null);

    await().until(() -> state().codeAsString().equals("active"));
  }

  @Test
  void aListenerThatIsGoneImpairsNobody() {
    say("lb-1", 0, ListenerState.FAILED, TAKEN);
    await().until(() -> state().codeAsString().equals("active_impaired"));

    elb.deleteListener(one -> one.listenerArn(listener));

    assertThat(state().codeAsString()).isEqualTo("active");
  }

  @Test
  void itsRowsGoWithATombstoneOrWithTheLoadBalancer() {
    say("lb-1", 0, ListenerState.FAILED, TAKEN);
    say("lb-2", 0, ListenerState.OPENING, null);
    await().until(() -> rows() == 2);

    send(Keys.loadBalancerStatus(balancer, "lb-1"), null);
    await().until(() -> rows() == 1);
    elb.deleteLoadBalancer(one -> one.loadBalancerArn(balancer));
    assertThat(rows()).isZero();

    // A word that comes too late finds nobody, and those after it are read.
    String other = balancer;
    say("lb-2", 5, ListenerState.OPEN, null);
    listens();
    say("lb-2", 6, ListenerState.FAILED, TAKEN);
    await().until(() -> state().codeAsString().equals("active_impaired"));
    assertThat(balancer).isNotEqualTo(other);
  }

  private LoadBalancerState state() {
    return elb.describeLoadBalancers(one -> one.names(name)).loadBalancers().getFirst().state();
  }

  private long rows() {
    return database.number(
        "select count(*) from load_balancer_status where load_balancer_arn = $1", balancer);
  }

  private void say(String lbService, long later, ListenerState state, String reason) {
    send(
        Keys.loadBalancerStatus(balancer, lbService),
        EventJson.write(
            new LoadBalancerStatus(
                balancer,
                name,
                lbService,
                now + later,
                List.of(new ListenerStatus(listener, 8099, state, reason)),
                Instant.now())));
  }

  private void send(String key, byte[] value) {
    connector
        .<ConsumerRecords<String, byte[]>>source(CHANNEL)
        .send(
            new ConsumerRecords<>(
                Map.of(
                    new TopicPartition(CHANNEL, 0),
                    List.of(new ConsumerRecord<>(CHANNEL, 0, 0, key, value))),
                Map.of()));
  }
}
