package dev.berth.standalone.supervisor;

import dev.berth.standalone.home.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folder with the process ids. Whoever supervises holds its lock, which the kernel gives back
 * when the supervisor ends, however it ends.
 */
public final class RunFolder {
  private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(20);
  private static final String SUPERVISOR = "supervisor.pid";
  private static final String READY = "ready";

  private final Path folder;

  public RunFolder(Path folder) {
    this.folder = folder;
  }

  /** Takes the lock for the life of this process; empty when another one has it. */
  public Optional<FileLock> supervise() {
    Optional<FileLock> lock = tryLock();
    lock.ifPresent(
        taken -> {
          remove(READY);
          PrivateFiles.write(
              folder.resolve(SUPERVISOR), ProcessRecord.of(ProcessHandle.current().pid()).encode());
        });
    return lock;
  }

  /** The process that supervises, where there is one. */
  public Optional<ProcessHandle> supervisor() {
    return ProcessRecord.read(folder.resolve(SUPERVISOR)).flatMap(ProcessRecord::running);
  }

  /** Says that everything is ready. */
  public void markReady() {
    PrivateFiles.write(folder.resolve(READY), "");
  }

  public boolean isReady() {
    return Files.exists(folder.resolve(READY)) && supervisor().isPresent();
  }

  /** Removes what only a running supervisor has. */
  public void markStopped() {
    remove(READY);
    remove(SUPERVISOR);
  }

  /** Process of a part, where it runs. */
  public Optional<ProcessHandle> process(String part) {
    return ProcessRecord.read(folder.resolve(part + ".pid")).flatMap(ProcessRecord::running);
  }

  /**
   * Ends processes that a supervisor which was killed left behind: services first, then what they
   * use.
   */
  public void endLeftovers(Consumer<String> console) {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        all.filter(file -> file.toString().endsWith(".pid"))
            .filter(file -> !file.endsWith(SUPERVISOR))
            .sorted((left, right) -> Boolean.compare(isStore(left), isStore(right)))
            .forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException("Can't read " + folder, e);
      }
    }
    for (Path file : files) {
      ProcessRecord.read(file)
          .flatMap(ProcessRecord::running)
          .ifPresent(
              process -> {
                console.accept(
                    "  %s (process %d) was left behind by a supervisor that was killed; ended"
                        .formatted(
                            file.getFileName().toString().replace(".pid", ""), process.pid()));
                end(process, file);
              });
      remove(file.getFileName().toString());
    }
  }

  private static boolean isStore(Path pidFile) {
    String name = pidFile.getFileName().toString();
    return name.equals("kafka.pid") || name.equals("postgres.pid");
  }

  private static void end(ProcessHandle process, Path file) {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process);
    process.destroy();
    try {
      // PostgreSQL waits for its clients on SIGTERM, and they are gone by now.
      process.onExit().get(LEFTOVER_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      all.forEach(ProcessHandle::destroyForcibly);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("Can't wait for the process of " + file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while ending the process of " + file, e);
    }
  }

  private Optional<FileLock> tryLock() {
    PrivateFiles.createFolder(folder);
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve("supervisor.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
      }
      return Optional.ofNullable(lock);
    } catch (OverlappingFileLockException e) {
      // This very process has it.
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't lock " + folder, e);
    }
  }

  private void remove(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't remove " + name + " from " + folder, e);
    }
  }
}
