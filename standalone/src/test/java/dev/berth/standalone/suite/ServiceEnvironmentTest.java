package dev.berth.standalone.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.home.Installation;
import dev.berth.standalone.join.JoinToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceEnvironmentTest {
  private final BerthHome home = new BerthHome(Path.of("/repo"), Path.of("/repo/.berth"));
  private final Installation installation = Installation.create().withNodes(3);

  @Test
  void everyServiceHearsOfTheInstallationAndItsKafkaAndListensOnLoopback() {
    ServiceEnvironment environment = new ServiceEnvironment(home, installation);
    for (Map<String, String> variables :
        List.of(
            environment.api(),
            environment.scheduler(),
            environment.lb(),
            environment.node(1, new Capacity(1, 1)))) {
      assertThat(variables)
          .containsEntry("BERTH_INSTALLATION_ID", installation.installationId())
          .containsEntry("BERTH_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:19092")
          .containsEntry("QUARKUS_HTTP_HOST", "127.0.0.1");
    }
  }

  @Test
  void whatTheServicesAreToldToWriteIsRemovedWithTheRest(@TempDir Path folder) throws IOException {
    BerthHome own = new BerthHome(folder, folder.resolve(".berth"));
    ServiceEnvironment environment = new ServiceEnvironment(own, installation);
    for (Map<String, String> variables :
        List.of(
            environment.api(),
            environment.scheduler(),
            environment.lb(),
            environment.node(1, new Capacity(1, 1)))) {
      for (String told : variables.values()) {
        if (told.startsWith(folder + "/.berth/")) {
          Files.createDirectories(Path.of(told));
        }
      }
    }
    assertThat(own.lbData()).exists();

    own.removeAll();

    assertThat(folder.resolve(".berth")).doesNotExist();
  }

  @Test
  void theBalancerKnowsThePortsThatNoTargetMayHave() {
    assertThat(new ServiceEnvironment(home, installation).lb())
        .containsEntry(
            "BERTH_LB_CONTROL_PLANE_PORTS",
            "22,2375,2376,51678,8080,8081,8083,19092,19093,15432,8082,8092,8102");
  }

  @Test
  void theKeyThatSealsSecretsGoesToTheServicesThatNeedItOnly() {
    ServiceEnvironment environment = new ServiceEnvironment(home, installation);
    assertThat(environment.api())
        .containsEntry("BERTH_SECRETS_KEY_FILE", "/repo/.berth/secrets.key");
    assertThat(environment.lb())
        .containsEntry("BERTH_SECRETS_KEY_FILE", "/repo/.berth/secrets.key");
    assertThat(environment.scheduler()).doesNotContainKey("BERTH_SECRETS_KEY_FILE");
    assertThat(environment.node(1, new Capacity(1, 1))).doesNotContainKey("BERTH_SECRETS_KEY_FILE");
  }

  @Test
  void nodesShareTheMachineAndHaveNamesZonesAndPortsOfTheirOwn() {
    // Given a machine of two processors and three nodes on it
    ServiceEnvironment environment = new ServiceEnvironment(home, installation);
    Capacity share = Capacity.ofMachine(2, 3L * 1024 * 1024 * 1024).share(3);

    // When the second one is started
    Map<String, String> second = environment.node(2, share);

    // Then it has its own
    assertThat(second)
        .containsEntry("BERTH_NODE_NAME", "node-2")
        .containsEntry("BERTH_NODE_AVAILABILITY_ZONE", "local-1b")
        .containsEntry("BERTH_NODE_CPU", "682")
        .containsEntry("BERTH_NODE_MEMORY", "1024")
        .containsEntry("BERTH_NODE_DATA_DIR", "/repo/.berth/nodes/node-2")
        .containsEntry("QUARKUS_HTTP_PORT", "8092")
        .containsEntry("BERTH_NODE_LOGS_URL", "http://127.0.0.1:8092")
        .containsEntry(
            "BERTH_NODE_RESERVED_PORTS",
            "22,2375,2376,51678,8080,8081,8083,19092,19093,15432,8082,8092,8102")
        .containsEntry("BERTH_NODE_DOCKER_HOST_POWER_PRIVILEGED", "true");
  }

  @Test
  void aFurtherMachineListensOnItsAddressAndUsesTheTokensKafka() {
    JoinToken token =
        new JoinToken("10.0.0.1:19093", Map.of("security.protocol", "SASL_SSL"), "berth-1", "s");
    Installation joined =
        Installation.create().withAdvertise("10.0.0.2").joinedBy(token, "machine-2");
    assertThat(new ServiceEnvironment(home, joined).joinedNode(new Capacity(2048, 4096)))
        .containsEntry("BERTH_INSTALLATION_ID", "berth-1")
        .containsEntry("BERTH_KAFKA_BOOTSTRAP_SERVERS", "10.0.0.1:19093")
        .containsEntry("KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
        .containsEntry("BERTH_NODE_NAME", "machine-2")
        .containsEntry("BERTH_NODE_HOST_ADDRESS", "10.0.0.2")
        .containsEntry("QUARKUS_HTTP_HOST", "10.0.0.2")
        .containsEntry("BERTH_NODE_TOKEN", "s");
  }
}
