package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lb.domain.Certificate;
import dev.berth.lb.domain.HealthCheck;
import dev.berth.lb.domain.Listener;
import dev.berth.lb.domain.Protocol;
import dev.berth.lb.domain.ProtocolVersion;
import dev.berth.lb.domain.TargetGroup;
import dev.berth.lb.domain.TargetGroupSettings;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** gRPC's own client and server with the balancer between them, in the clear and over TLS. */
class GrpcTest {
  private static final Metadata.Key<String> SAID =
      Metadata.Key.of("x-said", Metadata.ASCII_STRING_MARSHALLER);
  private static final MethodDescriptor<String, String> ONE =
      method(MethodDescriptor.MethodType.UNARY, "One");
  private static final MethodDescriptor<String, String> MANY =
      method(MethodDescriptor.MethodType.SERVER_STREAMING, "Many");
  private static final MethodDescriptor<String, String> TALK =
      method(MethodDescriptor.MethodType.BIDI_STREAMING, "Talk");

  @TempDir Path folder;
  private ProxyFixture lb;
  private Server server;
  private ManagedChannel channel;

  /** Messages are texts: what is shown doesn't depend on how they are written. */
  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static MethodDescriptor<String, String> method(
      MethodDescriptor.MethodType type, String name) {
    return MethodDescriptor.newBuilder(new Text(), new Text())
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName("test.Texts", name))
        .build();
  }

  @BeforeEach
  void serve() throws Exception {
    lb = new ProxyFixture();
    ServerServiceDefinition service =
        ServerServiceDefinition.builder("test.Texts")
            .addMethod(ONE, ServerCalls.asyncUnaryCall(GrpcTest::one))
            .addMethod(MANY, ServerCalls.asyncServerStreamingCall(GrpcTest::many))
            .addMethod(TALK, ServerCalls.asyncBidiStreamingCall(GrpcTest::talk))
            .build();
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(service)
            .intercept(new Answering())
            .build()
            .start();
    lb.group(
        new TargetGroup(
            "g",
            "g",
            HealthCheck.DEFAULT,
            Duration.ZERO,
            Protocol.HTTP,
            ProtocolVersion.GRPC,
            TargetGroupSettings.DEFAULT),
        List.of(ProxyFixture.target("g", "grpc", server.getPort())));
  }

  @AfterEach
  void stop() throws Exception {
    if (channel != null) {
      channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
    server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    lb.close();
  }

  /** Says in its trailers what it heard in the request's headers. */
  private static final class Answering implements ServerInterceptor {
    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
        ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
      return next.startCall(
          new io.grpc.ForwardingServerCall.SimpleForwardingServerCall<A, B>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
              if (headers.containsKey(SAID)) {
                trailers.put(SAID, headers.get(SAID));
              }
              super.close(status, trailers);
            }
          },
          headers);
    }
  }

  private static void one(String request, StreamObserver<String> answers) {
    if (request.equals("wrong")) {
      answers.onError(
          Status.INVALID_ARGUMENT.withDescription("that is wrong: \u00e9").asRuntimeException());
      return;
    }
    if (!request.equals("silence")) {
      answers.onNext("echo " + request);
      answers.onCompleted();
    }
  }

  private static void many(String request, StreamObserver<String> answers) {
    for (int i = 0; i < Integer.parseInt(request); i++) {
      answers.onNext("x".repeat(i));
    }
    answers.onCompleted();
  }

  private static StreamObserver<String> talk(StreamObserver<String> answers) {
    return new StreamObserver<>() {
      @Override
      public void onNext(String message) {
        answers.onNext("echo " + message);
      }

      @Override
      public void onError(Throwable failure) {
        answers.onError(failure);
      }

      @Override
      public void onCompleted() {
        answers.onCompleted();
      }
    };
  }

  private void connect(String scheme) throws Exception {
    int port = ProxyFixture.freePort();
    if (scheme.equals("https")) {
      Certificate certificate = Certificates.of(folder, "localhost");
      lb.listen(HttpsTest.listener(port, List.of(certificate), Map.of()));
      channel =
          NettyChannelBuilder.forAddress("localhost", port)
              .sslContext(
                  GrpcSslContexts.forClient()
                      .trustManager(InsecureTrustManagerFactory.INSTANCE)
                      .build())
              .build();
    } else {
      lb.listen(new Listener(port, "arn:l", "lb", "g"));
      channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aCallIsAnswered(String scheme) throws Exception {
    connect(scheme);

    for (int i = 0; i < 100; i++) {
      assertThat(ClientCalls.blockingUnaryCall(channel, ONE, options(), "hello " + i))
          .isEqualTo("echo hello " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aStatusAndItsTrailersComeThrough(String scheme) throws Exception {
    connect(scheme);
    Metadata headers = new Metadata();
    headers.put(SAID, "hello");

    assertThatThrownBy(
            () ->
                ClientCalls.blockingUnaryCall(
                    io.grpc.ClientInterceptors.intercept(
                        channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                    ONE,
                    options(),
                    "wrong"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused -> {
              assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(refused.getStatus().getDescription()).isEqualTo("that is wrong: \u00e9");
              assertThat(refused.getTrailers().get(SAID)).isEqualTo("hello");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aStreamOfAnswersComesWhole(String scheme) throws Exception {
    connect(scheme);

    Iterator<String> answers =
        ClientCalls.blockingServerStreamingCall(channel, MANY, options(), "500");
    List<Integer> lengths = new ArrayList<>();
    answers.forEachRemaining(answer -> lengths.add(answer.length()));

    assertThat(lengths).hasSize(500).isSorted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void bothSidesTalkInTurn(String scheme) throws Exception {
    connect(scheme);
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    StreamObserver<String> messages =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(TALK, options()),
            new StreamObserver<>() {
              @Override
              public void onNext(String message) {
                heard.add(message);
              }

              @Override
              public void onError(Throwable failure) {
                heard.add(failure.toString());
              }

              @Override
              public void onCompleted() {
                heard.add("completed");
              }
            });

    for (int i = 0; i < 50; i++) {
      messages.onNext("message " + i);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("echo message " + i);
    }
    messages.onCompleted();
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("completed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aDeadlineEndsACallOnBothSides(String scheme) throws Exception {
    connect(scheme);

    assertThatThrownBy(
            () ->
                ClientCalls.blockingUnaryCall(
                    channel,
                    ONE,
                    CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS),
                    "silence"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            over ->
                assertThat(over.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
    org.awaitility.Awaitility.await()
        .atMost(ProxyFixture.AT_MOST)
        .until(() -> lb.registry.find("berth.lb.active.requests").gauge().value() == 0);
    assertThat(ClientCalls.blockingUnaryCall(channel, ONE, options(), "on")).isEqualTo("echo on");
  }

  private static CallOptions options() {
    return CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
  }
}
