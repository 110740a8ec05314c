package dev.berth.node.adapter.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {
  @TempDir private Path root;

  @Test
  void aMachineThatTellsNothingHasNeither() {
    HostFiles host = new HostFiles(root);

    assertThat(host.ec2InstanceId()).isEmpty();
    assertThat(host.gpuIds()).isEmpty();
  }

  @Test
  void theInstanceIdIsWhatTheFirmwareSays() throws IOException {
    write("sys/devices/virtual/dmi/id/board_asset_tag", "i-0abcdef1234567890\n");

    assertThat(new HostFiles(root).ec2InstanceId()).contains("i-0abcdef1234567890");
  }

  @Test
  void theAssetTagOfAnotherMachineIsNoInstanceId() throws IOException {
    write("sys/devices/virtual/dmi/id/board_asset_tag", "Rack 7\n");

    assertThat(new HostFiles(root).ec2InstanceId()).isEmpty();
  }

  @Test
  void theGpusAreThoseOfTheDriverByTheirBusAddress() throws IOException {
    write(
        "proc/driver/nvidia/gpus/0000:1e:00.0/information",
        "Model: \t\t Tesla T4\nGPU UUID: \t GPU-22222222-aaaa-bbbb-cccc-000000000002\n");
    write(
        "proc/driver/nvidia/gpus/0000:1b:00.0/information",
        "Model: \t\t Tesla T4\nGPU UUID: \t GPU-11111111-aaaa-bbbb-cccc-000000000001\n");

    assertThat(new HostFiles(root).gpuIds())
        .containsExactly(
            "GPU-11111111-aaaa-bbbb-cccc-000000000001", "GPU-22222222-aaaa-bbbb-cccc-000000000002");
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
