package dev.berth.node.adapter.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What is known of a machine from files of its kernel: its EC2 instance id (AWS: "Detect whether a
 * host is an EC2 instance") and its NVIDIA GPUs, as their driver lists them. What can't be read
 * isn't known.
 */
public final class HostFiles {
  private static final Logger LOG = Logger.getLogger(HostFiles.class);
  private static final Path ASSET_TAG = Path.of("sys/devices/virtual/dmi/id/board_asset_tag");
  private static final Path GPUS = Path.of("proc/driver/nvidia/gpus");
  private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{8,17}");
  private static final Pattern GPU_ID = Pattern.compile("GPU UUID:\\s*(GPU-[0-9a-fA-F-]+)");

  private final Path root;

  /**
   * @param root the folder that stands for the root of the file system
   */
  public HostFiles(Path root) {
    this.root = root;
  }

  /** The instance's id, where the machine is one of EC2's. */
  public Optional<String> ec2InstanceId() {
    return read(root.resolve(ASSET_TAG))
        .map(String::strip)
        .filter(tag -> INSTANCE_ID.matcher(tag).matches());
  }

  /** The ids of the GPUs, in the order of their bus addresses. */
  public List<String> gpuIds() {
    Path folder = root.resolve(GPUS);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> gpus = Files.list(folder)) {
      return gpus.sorted()
          .flatMap(gpu -> read(gpu.resolve("information")).stream())
          .map(GPU_ID::matcher)
          .filter(Matcher::find)
          .map(found -> found.group(1))
          .toList();
    } catch (IOException e) {
      LOG.warnf("The GPUs can't be listed: %s", e.toString());
      return List.of();
    }
  }

  private static Optional<String> read(Path file) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      LOG.debugf("%s can't be read: %s", file, e.toString());
      return Optional.empty();
    }
  }
}
