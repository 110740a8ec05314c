package dev.berth.standalone.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.standalone.process.FreePort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallPlanTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ID=debian",
        "ID=ubuntu\nID_LIKE=debian",
        "ID=\"mint\"\nID_LIKE=\"ubuntu debian\""
      })
  void installsDebiansPackageOnDebianAndItsRelatives(String osRelease) {
    InstallPlan plan = InstallPlan.of("NAME=x\n" + osRelease + "\n");
    assertThat(plan.automatic()).isTrue();
    assertThat(plan.commands().getFirst()).containsExactly("apt-get", "update");
    assertThat(plan.commands().getLast())
        .containsExactly(
            "apt-get", "install", "-y", "--no-install-recommends", "docker.io", "iptables");
  }

  @Test
  void tellsTheCommandOnOthersAndNothingWhereItKnowsNone() {
    InstallPlan fedora = InstallPlan.of("ID=fedora\n");
    assertThat(fedora.automatic()).isFalse();
    assertThat(fedora.commands()).containsExactly(List.of("dnf", "install", "moby-engine"));
    assertThat(InstallPlan.of("").commands()).isEmpty();
  }

  @Test
  void neverInstallsWhenDockerHostNamesAnEngineThatDoesNotAnswer() {
    // Given a DOCKER_HOST where nobody listens
    DockerAddress address =
        DockerAddress.of(Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + FreePort.find()));
    List<String> console = new ArrayList<>();

    // When an engine is wanted, then the error names it, and nothing was tried
    assertThatThrownBy(() -> new DockerSetup(address, folder, console::add).ensure())
        .isInstanceOf(DockerException.class)
        .hasMessageContaining(address.value());
    assertThat(console).isEmpty();
  }

  @Test
  void refusesADockerHostItCanNotRead() {
    DockerAddress address = DockerAddress.of(Map.of("DOCKER_HOST", "ssh://somewhere"));
    assertThatThrownBy(() -> new DockerSetup(address, folder, line -> {}).ensure())
        .isInstanceOf(DockerException.class)
        .hasMessageContaining("ssh://somewhere");
  }
}
