package dev.berth.api.config;

import dev.berth.api.application.access.Administrator;
import dev.berth.api.domain.Identity;
import dev.berth.contracts.secret.AccessKeyPair;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The administrator's bearer token and access key: as configured, else from the file {@code
 * berth.api.admin-token-file}, which is a shared credentials file of the AWS SDKs and has the token
 * as {@code berth_token}. A file may also hold the token and nothing else; then there is no access
 * key. A file that doesn't exist is made, readable by its owner only.
 */
@ApplicationScoped
public class AdministratorCredentials {
  private static final int LEAST = 16;

  private final Optional<String> token;
  private final Optional<String> accessKeyId;
  private final Optional<String> secretAccessKey;
  private final Optional<Path> file;
  private final Identity identity;

  public AdministratorCredentials(
      @ConfigProperty(name = "berth.api.admin-token") Optional<String> token,
      @ConfigProperty(name = "berth.api.admin-access-key-id") Optional<String> accessKeyId,
      @ConfigProperty(name = "berth.api.admin-secret-access-key") Optional<String> secretAccessKey,
      @ConfigProperty(name = "berth.api.admin-token-file") Optional<Path> file,
      Identity identity) {
    this.token = token;
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
    this.file = file;
    this.identity = identity;
  }

  /**
   * Reads them.
   *
   * @throws IllegalStateException if no token is configured, or a secret is too short to be safe
   */
  public Administrator read() {
    Map<String, String> kept = file.map(this::parse).orElseGet(Map::of);
    String bearer =
        token
            .or(() -> Optional.ofNullable(kept.get("berth_token")))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Set berth.api.admin-token-file or berth.api.admin-token"));
    String id = accessKeyId.orElse(kept.get("aws_access_key_id"));
    String secret = secretAccessKey.orElse(kept.get("aws_secret_access_key"));
    if (bearer.length() < LEAST || (secret != null && secret.length() < LEAST)) {
      throw new IllegalStateException(
          "The administrator's secrets must have at least " + LEAST + " characters");
    }
    if ((id == null) != (secret == null)) {
      throw new IllegalStateException(
          "The administrator's access key needs both its id and its secret");
    }
    return new Administrator(bearer, id, secret);
  }

  private void make(Path missing) throws IOException {
    byte[] drawn = new byte[32];
    new SecureRandom().nextBytes(drawn);
    Path folder = missing.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path made =
        Files.createTempFile(
            folder,
            ".credentials",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        made,
        AccessKeyPair.generate()
            .credentialsFile(identity.region(), "berth_" + HexFormat.of().formatHex(drawn)));
    Files.move(made, missing);
  }

  private Map<String, String> parse(Path file) {
    try {
      Map<String, String> members = new HashMap<>();
      String profile = "default";
      if (!Files.exists(file)) {
        make(file);
      }
      String text = Files.readString(file);
      for (String line : text.lines().map(String::strip).toList()) {
        int equals = line.indexOf('=');
        if (line.startsWith("[") && line.endsWith("]")) {
          profile = line.substring(1, line.length() - 1).strip();
        } else if (equals > 0 && !line.startsWith("#") && profile.equals("default")) {
          members.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
      if (members.isEmpty() && !text.isBlank()) {
        members.put("berth_token", text.strip());
      }
      return members;
    } catch (IOException e) {
      throw new UncheckedIOException("The administrator's credentials can't be read: " + file, e);
    }
  }
}
