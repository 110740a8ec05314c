package dev.berth.standalone.example;

import dev.berth.standalone.docker.DockerEngine;
import dev.berth.standalone.home.BerthHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes the example's image from {@code examples/image} and the distribution's busybox. */
public final class ExampleImage {
  public static final String TAG = "berth/example-web:1";
  private static final int EXECUTABLE = 0100755;

  private ExampleImage() {}

  /** Builds it; quick where nothing has changed, as the engine keeps the layers. */
  public static void build(DockerEngine docker, BerthHome home) {
    Path folder = home.root().resolve("examples/image");
    try {
      Files.createDirectories(home.cache());
      Path busybox = StaticBusybox.find(home.cache(), home.logs());
      docker.build(TAG, context(folder, busybox));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't make the example's image from " + folder, e);
    }
  }

  private static byte[] context(Path folder, Path busybox) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);
        Stream<Path> all = Files.walk(folder)) {
      List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        add(tar, folder.relativize(file).toString(), file);
      }
      add(tar, "busybox", busybox);
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setMode(Files.isExecutable(file) ? EXECUTABLE : TarArchiveEntry.DEFAULT_FILE_MODE);
    // The same files give the same archive.
    entry.setModTime(0L);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
