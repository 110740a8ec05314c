package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.nio.NioEventLoopGroup;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the data plane is held to with epoll it is held to with the JDK's sockets, too. */
class JdkTransportTest {
  @BeforeAll
  static void withoutEpoll() {
    System.setProperty(ProxyFixture.EPOLL, "false");
  }

  @AfterAll
  static void asItWas() {
    System.clearProperty(ProxyFixture.EPOLL);
  }

  @Test
  void itIsTheJdksTransportThatIsTested() {
    assertThat(ProxyFixture.defaults().epoll()).isFalse();
    Transport transport = Transport.start(1, ProxyFixture.defaults().epoll());
    try {
      assertThat(transport.loops()).isInstanceOf(NioEventLoopGroup.class);
    } finally {
      transport.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  @Nested
  class Forwarding extends ForwardingTest {}

  @Nested
  class Changes extends ChangesTest {}

  @Nested
  class Faults extends FaultsTest {}

  @Nested
  class SlowClients extends SlowClientsTest {}

  @Nested
  class SlowTargets extends SlowTargetsTest {}

  @Nested
  class BadAnswers extends BadAnswersTest {}

  @Nested
  class Https extends HttpsTest {}

  @Nested
  class Flows extends FlowsTest {}
}
