package dev.berth.lb.adapter.file;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.UnreadableEventException;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.lb.application.ConfigurationCopy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * The configuration that was last read from the log, in a file of its own (mode 600; private keys
 * are sealed in it as they are in the log). Written whole and renamed, at most once in a while: a
 * burst of changes costs one write.
 */
public final class SavedConfiguration implements ConfigurationCopy, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SavedConfiguration.class);
  private static final long AT_MOST_EVERY_MILLIS = 500;

  private final Path file;
  private final ScheduledExecutorService writer;
  private final AtomicReference<Saved> waiting = new AtomicReference<>();
  private volatile String restoredFrom;
  private volatile String identity;
  private Saved last;

  /** What is kept, and of which log it is. */
  @RegisterForReflection
  public record Saved(
      String logIdentity, List<LoadBalancerDesired> loadBalancers, List<TargetDesired> targets) {
    public Saved {
      loadBalancers = loadBalancers == null ? List.of() : List.copyOf(loadBalancers);
      targets = targets == null ? List.of() : List.copyOf(targets);
    }
  }

  /**
   * @param file where to; null for nowhere
   */
  public SavedConfiguration(Path file) {
    this.file = file;
    this.writer =
        file == null
            ? null
            : Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("berth-lb-copy").factory());
  }

  /** What was kept before this start; nothing when there is no file, or none that can be read. */
  public Optional<Saved> load() {
    if (file == null || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Saved saved = EventJson.read(Files.readAllBytes(file), Saved.class);
      restoredFrom = saved.logIdentity();
      identity = saved.logIdentity();
      LOG.infof(
          "%d load balancers and %d targets are served as they were kept in %s until Kafka is read",
          saved.loadBalancers().size(), saved.targets().size(), file);
      return Optional.of(saved);
    } catch (IOException | UnreadableEventException e) {
      LOG.warnf("%s can't be read; Kafka will say what to serve: %s", file, e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether what was restored is of this log. */
  public boolean isOf(String logIdentity) {
    return logIdentity != null && logIdentity.equals(restoredFrom);
  }

  /** What is saved from now on is of this log. */
  public void identify(String logIdentity) {
    identity = logIdentity;
    if (writer != null && last != null) {
      enqueue(new Saved(logIdentity, last.loadBalancers(), last.targets()));
    }
  }

  @Override
  public void save(
      Collection<LoadBalancerDesired> loadBalancers, Collection<TargetDesired> targets) {
    if (writer != null) {
      enqueue(new Saved(identity, List.copyOf(loadBalancers), List.copyOf(targets)));
    }
  }

  private synchronized void enqueue(Saved next) {
    last = next;
    if (waiting.getAndSet(next) == null && !writer.isShutdown()) {
      var unused = writer.schedule(this::write, AT_MOST_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void write() {
    Saved next = waiting.getAndSet(null);
    if (next == null) {
      return;
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.deleteIfExists(fresh);
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer bytes = ByteBuffer.wrap(EventJson.write(next));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warnf("The configuration can't be kept in %s: %s", file, e);
    }
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.shutdown();
      write();
    }
  }
}
