package dev.berth.standalone.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.standalone.process.FreePort;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortOwnerTest {
  private static final String TABLE =
      """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
         0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1 0000 100 0 0 10 0
         1: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 4243 1 0000 100 0 0 10 0
         2: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4244 1 0000 100 0 0 10 0
      """;

  @Test
  void findsTheListenerOfAPortAndNotItsConnections() {
    assertThat(PortOwner.listeningInodes(TABLE, 8080)).containsExactly("4242");
    assertThat(PortOwner.listeningInodes(TABLE, 80)).containsExactly("4244");
    assertThat(PortOwner.listeningInodes(TABLE, 8081)).isEmpty();
  }

  @Test
  void namesTheProcessThatHasAPort() throws Exception {
    // Given a port that this process listens on
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // When somebody asks
      PortOwner owner = PortOwner.find(socket.getLocalPort()).orElseThrow();

      // Then it is this process, by its command
      assertThat(PortOwner.isFree(socket.getLocalPort())).isFalse();
      assertThat(owner.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThat(owner.command()).contains("java");
    }
  }

  @Test
  void saysWhatAJvmRunsRatherThanHow() {
    assertThat(PortOwner.shorten("java\0-Xmx64m\0-XX:+UseSerialGC\0-Dx=y\0-jar\0/x/api.jar\0"))
        .isEqualTo("java -jar /x/api.jar");
  }

  @Test
  void aFreePortHasNoOwner() {
    int port = FreePort.find();
    assertThat(PortOwner.isFree(port)).isTrue();
    assertThat(PortOwner.find(port)).isEmpty();
  }
}
