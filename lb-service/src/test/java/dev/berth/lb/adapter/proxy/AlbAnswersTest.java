package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.lb.domain.Action;
import dev.berth.lb.domain.Listener;
import dev.berth.lb.domain.ListenerSettings;
import dev.berth.lb.domain.LoadBalancerSettings;
import dev.berth.lb.domain.Protocol;
import dev.berth.lb.domain.ProtocolVersion;
import dev.berth.lb.domain.Rule;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the balancer itself answers, or says of an answer, as ALB does. */
class AlbAnswersTest {
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
  void traceIsRefused() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    lb.group(HttpsTest.group(ProtocolVersion.HTTP1), a);
    listen(Map.of(), Action.Forward.to("g"));

    int code =
        lb.client
            .send(
                ProxyFixture.request(port, "/")
                    .method("TRACE", HttpRequest.BodyPublishers.noBody())
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.discarding())
            .statusCode();

    assertThat(code).isEqualTo(405);
    assertThat(a.asked).isEmpty();
  }

  @Test
  void moreThanThirtyForwardersAre463UnlessTheyAreRemoved() throws Exception {
    lb.group(HttpsTest.group(ProtocolVersion.HTTP1), Backend.named(lb.vertx, "a"));
    listen(Map.of(), Action.Forward.to("g"));

    assertThat(forwardedBy(30)).isEqualTo(200);
    assertThat(forwardedBy(31)).isEqualTo(463);
    listen(Map.of("routing.http.xff_header_processing.mode", "remove"), Action.Forward.to("g"));
    await().atMost(ProxyFixture.AT_MOST).until(() -> forwardedBy(31) == 200);
  }

  private int forwardedBy(int addresses) throws Exception {
    String half =
        IntStream.range(1, addresses).mapToObj(i -> "10.0.0." + i).collect(Collectors.joining(","));
    return lb.client
        .send(
            ProxyFixture.request(port, "/")
                .header("X-Forwarded-For", half)
                .header("X-Forwarded-For", "10.0.1.1")
                .build(),
            java.net.http.HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void targetsOfGrpcAreAskedByItOnly() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    lb.group(HttpsTest.group(ProtocolVersion.GRPC), a);
    listen(Map.of(), Action.Forward.to("g"));

    assertThat(lb.get(port, "/").statusCode()).isEqualTo(464);
    assertThat(lb.post(port, "/", "x").statusCode()).isEqualTo(464);
    assertThat(http2(HttpMethod.GET, null)).isEqualTo(464);
    assertThat(http2(HttpMethod.POST, "application/grpc")).isEqualTo(200);
    assertThat(a.asked).hasSize(1);
  }

  @Test
  void targetsOfHttp1ArentAskedByGrpc() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    lb.group(HttpsTest.group(ProtocolVersion.HTTP1), a);
    listen(Map.of(), Action.Forward.to("g"));

    assertThat(http2(HttpMethod.POST, "application/grpc+proto")).isEqualTo(464);
    assertThat(http2(HttpMethod.POST, "application/grpc-web")).isEqualTo(200);
    assertThat(a.asked).hasSize(1);
  }

  private int http2(HttpMethod method, String contentType) throws Exception {
    HttpClient client =
        lb.vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    RequestOptions options =
        new RequestOptions().setMethod(method).setHost("127.0.0.1").setPort(port).setURI("/");
    if (contentType != null) {
      options.putHeader("content-type", contentType);
    }
    return client
        .request(options)
        .compose(request -> request.send())
        .compose(answer -> answer.body().map(body -> answer.statusCode()))
        .eventually(() -> client.close())
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  @Test
  void everyAnswerHasADateAndATargetsOwnStays() throws Exception {
    Backend a =
        Backend.answering(
            lb.vertx,
            "a",
            request -> {
              if (request.path().equals("/dated")) {
                request.response().putHeader("Date", "Thu, 01 Jan 1970 00:00:00 GMT");
              }
              request.response().end();
            });
    lb.group(HttpsTest.group(ProtocolVersion.HTTP1), a);
    listen(Map.of(), Action.Forward.to("g"));

    assertThat(dateOf("/")).matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} [0-9:]{8} GMT");
    assertThat(dateOf("/dated")).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
    listen(Map.of(), new Action.FixedResponse(204, null, null));
    await().atMost(ProxyFixture.AT_MOST).until(() -> lb.get(port, "/").statusCode() == 204);
    assertThat(dateOf("/")).endsWith(" GMT");
  }

  private String dateOf(String path) throws Exception {
    List<String> dates = lb.get(port, path).headers().allValues("date");
    assertThat(dates).hasSize(1);
    return dates.get(0);
  }

  @Test
  void datesHaveTwoDigitsOfADay() {
    long seventh = Instant.parse("2026-12-07T06:10:03Z").getEpochSecond();

    assertThat(HttpDate.of(seventh).toString()).isEqualTo("Mon, 07 Dec 2026 06:10:03 GMT");
    assertThat(HttpDate.at(0).toString()).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
    assertThat(HttpDate.at(1).toString()).isEqualTo("Thu, 01 Jan 1970 00:00:01 GMT");
  }

  @Test
  void aBrokenBodyCutsAnAnswerThatHasBegun() throws Exception {
    Backend early =
        Backend.answering(
            lb.vertx,
            "a",
            request -> request.response().setChunked(true).putHeader("X-Early", "1").write("half"));
    lb.group(HttpsTest.group(ProtocolVersion.HTTP1), early);
    listen(Map.of(), Action.Forward.to("g"));

    try (RawClient client = RawClient.to(port)) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
      StringBuilder begun = new StringBuilder();
      while (begun.indexOf("half") < 0) {
        begun.append(client.read(1));
      }
      client.send("no length\r\n");

      assertThat(client.readAll()).as("nothing that would look like more of it").isEqualTo("\r\n");
    }
  }

  private void listen(Map<String, String> attributes, Action action) {
    lb.listen(
        new Listener(
            port,
            "arn:l",
            "lb",
            "arn:lb",
            "lb.localhost",
            Protocol.HTTP,
            List.of(Rule.byDefault("d", action)),
            null,
            List.of(),
            List.of(),
            LoadBalancerSettings.of("application", attributes),
            ListenerSettings.DEFAULT));
  }
}
