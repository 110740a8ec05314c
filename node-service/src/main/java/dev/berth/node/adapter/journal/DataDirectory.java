package dev.berth.node.adapter.journal;

import dev.berth.contracts.EventJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A node's data directory, used by one process at a time. It holds the node's identity, made once:
 * a node that loses it is another container instance.
 */
public final class DataDirectory implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String IDENTITY = "identity.json";

  /** More records than a process writes in its life, fewer than an hour has microseconds. */
  private static final long VERSIONS_OF_A_LIFE = 1_000_000_000L;

  private final Path directory;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final Identity identity;

  /**
   * Who the node is.
   *
   * @param installationId the installation it belongs to, for good
   * @param firstVersion versions of this process's records start here; above all that earlier ones
   *     wrote, whatever the clock has done since
   * @param cluster the cluster it belongs to, for good; null in what nodes wrote before they kept
   *     it
   */
  @RegisterForReflection
  public record Identity(
      String containerInstanceId,
      String installationId,
      Instant registeredAt,
      long firstVersion,
      String cluster) {}

  /**
   * Locks the directory, making it where it is missing, and reads or makes the identity.
   *
   * @param cluster the cluster that the node offers its machine to
   * @param registeredId the container instance that was registered for this machine; absent where
   *     the node makes its own identity
   * @throws IllegalStateException if another process uses it, or it belongs to another
   *     installation, cluster or container instance
   * @throws UncheckedIOException if it can't be read or written
   */
  public DataDirectory(
      Path directory,
      String installationId,
      String cluster,
      Optional<String> registeredId,
      Instant now) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      lockFile =
          FileChannel.open(
              directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = lock();
    } catch (IOException e) {
      throw unusable(e);
    }
    boolean isOurs = false;
    try {
      identity = identify(installationId, cluster, registeredId, now);
      isOurs = true;
    } catch (IOException e) {
      throw unusable(e);
    } finally {
      if (!isOurs) {
        close();
      }
    }
  }

  private UncheckedIOException unusable(IOException e) {
    return new UncheckedIOException("The data directory " + directory + " can't be used", e);
  }

  public Path path() {
    return directory;
  }

  public Identity identity() {
    return identity;
  }

  /** Lets another process use the directory. */
  @Override
  public void close() {
    try {
      lock.release();
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The data directory " + directory + " can't be released", e);
    }
  }

  private FileLock lock() throws IOException {
    FileLock taken;
    try {
      taken = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      throw inUse(e);
    }
    if (taken == null) {
      throw inUse(null);
    }
    return taken;
  }

  private IllegalStateException inUse(Exception cause) {
    return new IllegalStateException(
        "Another node-service uses the data directory "
            + directory
            + ". Each needs its own: set berth.node.data-dir.",
        cause);
  }

  private Identity identify(
      String installationId, String cluster, Optional<String> registeredId, Instant now)
      throws IOException {
    Path file = directory.resolve(IDENTITY);
    Identity known =
        Files.exists(file) ? EventJson.read(Files.readAllBytes(file), Identity.class) : null;
    if (known != null && !known.installationId().equals(installationId)) {
      throw new IllegalStateException(
          "The data directory %s belongs to installation %s, not to %s. Give this node another berth.node.data-dir."
              .formatted(directory, known.installationId(), installationId));
    }
    if (known != null && known.cluster() != null && !known.cluster().equals(cluster)) {
      // As ECS's agent does: an instance's tasks and services are its cluster's.
      throw new IllegalStateException(
          "The data directory %s belongs to a container instance of cluster %s, not of %s. Deregister it and give this node another berth.node.data-dir, which makes it a new container instance, or set berth.node.cluster back."
              .formatted(directory, known.cluster(), cluster));
    }
    if (known != null
        && !registeredId.orElse(known.containerInstanceId()).equals(known.containerInstanceId())) {
      throw new IllegalStateException(
          "The data directory %s belongs to container instance %s, not to %s: unset berth.node.container-instance-arn, or give this node another berth.node.data-dir."
              .formatted(directory, known.containerInstanceId(), registeredId.get()));
    }
    long byClock = now.toEpochMilli() * 1000;
    Identity current =
        known == null
            ? new Identity(
                registeredId.orElseGet(() -> UUID.randomUUID().toString().replace("-", "")),
                installationId,
                now,
                byClock,
                cluster)
            : new Identity(
                known.containerInstanceId(),
                installationId,
                known.registeredAt(),
                Math.max(known.firstVersion() + VERSIONS_OF_A_LIFE, byClock),
                cluster);
    DurableFiles.replace(file, EventJson.write(current));
    return current;
  }
}
