package dev.berth.standalone.example;

import dev.berth.standalone.RefusedException;
import dev.berth.standalone.docker.Packages;
import dev.berth.standalone.process.ChildProcess;
import dev.berth.standalone.process.FileTrees;
import dev.berth.standalone.process.ProcessFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A busybox that needs no libraries, from the distribution. */
public final class StaticBusybox {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final int PROGRAM_INTERPRETER = 3;

  private StaticBusybox() {}

  /**
   * Finds one on this machine, else takes it out of Debian's package busybox-static, which needs no
   * root.
   *
   * @param cache folder where it is kept
   */
  static Path find(Path cache, Path logs) {
    Path kept = cache.resolve("busybox");
    return Stream.of(kept, Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"))
        .filter(StaticBusybox::isStatic)
        .findFirst()
        .orElseGet(() -> download(kept, logs.resolve("install.log")));
  }

  /** Sees to it that {@code /bin/busybox} is static, as the tests' images need it. */
  public static void install(Path logs, Consumer<String> console) {
    if (isStatic(Path.of("/bin/busybox"))) {
      return;
    }
    List<List<String>> commands = Packages.aptInstall("busybox-static");
    Optional<List<String>> asRoot = Packages.asRoot();
    if (asRoot.isEmpty() || Packages.program("apt-get").isEmpty()) {
      throw new RefusedException(
          "the tests make their images of a static /bin/busybox; install it as root, on Debian and"
              + " Ubuntu by: apt-get install busybox-static");
    }
    Path log = logs.resolve("install.log");
    console.accept("Installing busybox-static with apt-get (log: " + log + ")");
    Packages.run(asRoot.get(), commands, log);
  }

  private static Path download(Path kept, Path log) {
    if (Packages.program("apt-get").isEmpty() || Packages.program("dpkg").isEmpty()) {
      throw new RefusedException(
          "the example needs a static busybox: install your distribution's package of it as"
              + " /bin/busybox");
    }
    Path folder = kept.resolveSibling("busybox-package");
    FileTrees.delete(folder);
    try {
      Files.createDirectories(folder);
      String download =
          "cd '"
              + folder
              + "' && apt-get download busybox-static && dpkg -x busybox-static_*.deb .";
      try {
        sh(download, log);
      } catch (ProcessFailedException e) {
        // No package lists yet, most likely.
        List<String> asRoot = Packages.asRoot().orElseThrow(() -> e);
        Packages.run(asRoot, List.of(List.of("apt-get", "update")), log);
        sh(download, log);
      }
      Path found =
          Stream.of("bin/busybox", "usr/bin/busybox")
              .map(folder::resolve)
              .filter(StaticBusybox::isStatic)
              .findFirst()
              .orElseThrow(() -> new RefusedException("busybox-static has no static busybox"));
      Files.copy(found, kept);
      FileTrees.delete(folder);
      return kept;
    } catch (IOException e) {
      throw new UncheckedIOException("Can't get busybox-static", e);
    }
  }

  private static void sh(String script, Path log) {
    ChildProcess.run("busybox-static", List.of("sh", "-c", script), Map.of(), log, TIMEOUT);
  }

  /** Whether a file is an ELF program without an interpreter (a dynamic linker). */
  static boolean isStatic(Path file) {
    if (!Files.isExecutable(file)) {
      return false;
    }
    try {
      return hasInterpreter(ByteBuffer.wrap(Files.readAllBytes(file)))
          .map(has -> !has)
          .orElse(false);
    } catch (IOException e) {
      // Unreadable for us, so nothing to make an image of.
      return false;
    }
  }

  /** Empty when it is no 64-bit little-endian ELF file. */
  private static Optional<Boolean> hasInterpreter(ByteBuffer elf) {
    elf.order(ByteOrder.LITTLE_ENDIAN);
    if (elf.remaining() < 64 || elf.getInt(0) != 0x464C457F || elf.get(4) != 2) {
      return Optional.empty();
    }
    long table = elf.getLong(32);
    int size = elf.getShort(54) & 0xFFFF;
    int count = elf.getShort(56) & 0xFFFF;
    for (int i = 0; i < count; i++) {
      int header = (int) table + i * size;
      if (header + 4 <= elf.limit() && elf.getInt(header) == PROGRAM_INTERPRETER) {
        return Optional.of(true);
      }
    }
    return Optional.of(false);
  }
}
