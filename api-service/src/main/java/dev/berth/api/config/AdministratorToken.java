package dev.berth.api.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The administrator's bearer token: {@code berth.api.admin-token}, else what {@code
 * berth.api.admin-token-file} holds ({@code berth_token = ...}, or the token alone). A file that
 * doesn't exist is made with a new token, readable by its owner only.
 */
@ApplicationScoped
public class AdministratorToken {
  private static final Pattern LINE =
      Pattern.compile("^\\s*berth_token\\s*=\\s*(\\S+)\\s*$", Pattern.MULTILINE);
  private static final int LEAST = 16;

  private final Optional<String> token;
  private final Optional<Path> file;

  public AdministratorToken(
      @ConfigProperty(name = "berth.api.admin-token") Optional<String> token,
      @ConfigProperty(name = "berth.api.admin-token-file") Optional<Path> file) {
    this.token = token;
    this.file = file;
  }

  /**
   * Reads the token.
   *
   * @throws IllegalStateException if none is configured or it is too short to be safe
   */
  public String read() {
    String read =
        token.orElseGet(
            () ->
                fromFile(
                    file.orElseThrow(
                        () ->
                            new IllegalStateException(
                                "Set berth.api.admin-token-file or berth.api.admin-token"))));
    if (read.length() < LEAST) {
      throw new IllegalStateException(
          "The administrator's token must have at least " + LEAST + " characters");
    }
    return read;
  }

  private static String fromFile(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      String text = Files.readString(file);
      Matcher line = LINE.matcher(text);
      return line.find() ? line.group(1) : text.strip();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] drawn = new byte[32];
    new SecureRandom().nextBytes(drawn);
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path made =
        Files.createTempFile(
            folder,
            ".credentials",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        made, "[default]\nberth_token = berth_" + HexFormat.of().formatHex(drawn) + "\n");
    Files.move(made, file);
  }
}
