package dev.berth.node.adapter.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The registries this machine is logged in to, as {@code docker login} left them in {@code
 * config.json}: plain entries and credential helpers. Read for each pull, so that a later login
 * counts at once.
 */
final class RegistryLogins {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HUB_KEY = "https://index.docker.io/v1/";
  private static final long HELPER_SECONDS = 30;

  private final Path configFile;
  private final String helperPrefix;

  RegistryLogins(Path configFile) {
    this(configFile, "docker-credential-");
  }

  RegistryLogins(Path configFile, String helperPrefix) {
    this.configFile = configFile;
    this.helperPrefix = helperPrefix;
  }

  /** The file that Docker's own client reads for this user. */
  static Path usualConfigFile() {
    String folder = System.getenv("DOCKER_CONFIG");
    return folder != null && !folder.isBlank()
        ? Path.of(folder, "config.json")
        : Path.of(System.getProperty("user.home"), ".docker", "config.json");
  }

  /**
   * The login for a registry, or nothing when there is none.
   *
   * @throws IOException when there is one that can't be read; the message says which
   */
  Optional<AuthConfig> find(String registry) throws IOException {
    if (!Files.exists(configFile)) {
      return Optional.empty();
    }
    JsonNode config = JSON.readTree(configFile.toFile());
    String key = ImageName.DOCKER_HUB.equals(registry) ? HUB_KEY : registry;
    String helper = config.path("credHelpers").path(key).asText("");
    if (helper.isEmpty()) {
      helper = config.path("credsStore").asText("");
    }
    Optional<AuthConfig> login = helper.isEmpty() ? Optional.empty() : askHelper(helper, key);
    return login.isPresent() ? login : plain(config.path("auths"), key);
  }

  private static Optional<AuthConfig> plain(JsonNode auths, String key) {
    for (String name : List.of(key, "https://" + key, "http://" + key)) {
      JsonNode entry = auths.path(name);
      String token = entry.path("identitytoken").asText("");
      if (!token.isEmpty()) {
        return Optional.of(new AuthConfig().withRegistryAddress(key).withIdentityToken(token));
      }
      String auth = entry.path("auth").asText("");
      if (!auth.isEmpty()) {
        String pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        return Optional.of(login(key, pair.substring(0, colon), pair.substring(colon + 1)));
      }
    }
    return Optional.empty();
  }

  private Optional<AuthConfig> askHelper(String helper, String key) throws IOException {
    String program = helperPrefix + helper;
    Process process =
        new ProcessBuilder(program, "get").redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var in = process.getOutputStream()) {
      in.write(key.getBytes(StandardCharsets.UTF_8));
    }
    try (var out = process.getInputStream()) {
      byte[] answer = out.readAllBytes();
      if (!process.waitFor(HELPER_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(program + " did not answer within " + HELPER_SECONDS + " s");
      }
      // Helpers end with 1 when they know nothing of a registry; that isn't an error.
      if (process.exitValue() != 0) {
        return Optional.empty();
      }
      JsonNode found = JSON.readTree(answer);
      String username = found.path("Username").asText("");
      String secret = found.path("Secret").asText("");
      return Optional.of(
          "<token>".equals(username)
              ? new AuthConfig().withRegistryAddress(key).withIdentityToken(secret)
              : login(key, username, secret));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking " + program, e);
    } finally {
      process.destroy();
    }
  }

  static AuthConfig login(String registry, String username, String password) {
    return new AuthConfig()
        .withRegistryAddress(registry)
        .withUsername(username)
        .withPassword(password);
  }
}
