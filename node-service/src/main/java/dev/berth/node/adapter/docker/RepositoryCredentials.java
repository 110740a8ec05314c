package dev.berth.node.adapter.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import dev.berth.contracts.Arns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Credentials of private registries that the owner of this machine put into a folder, one JSON file
 * each, in the form that a secret of ECS has: {@code {"username": "..", "password": ".."}}.
 */
final class RepositoryCredentials {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_+=.@-]+");

  private final Optional<Path> folder;

  RepositoryCredentials(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * The login that a {@code credentialsParameter} names.
   *
   * @param parameter the name or ARN of a secret; the part after the last colon and slash counts
   * @throws IOException when it can't be had; the message says why
   */
  AuthConfig find(String parameter, String registry) throws IOException {
    String afterColon = parameter.substring(parameter.lastIndexOf(':') + 1);
    String name = Arns.shortName(afterColon);
    if (!PLAIN_NAME.matcher(name).matches() || name.startsWith(".")) {
      throw new IOException("repositoryCredentials " + parameter + " is no secret's name");
    }
    if (folder.isEmpty()) {
      throw new IOException(
          "this node keeps no repositoryCredentials"
              + " (berth.node.docker.repository-credentials-dir is not set)");
    }
    Path file = folder.get().resolve(name + ".json");
    if (!Files.isReadable(file)) {
      throw new IOException("repositoryCredentials " + name + " not found on this node");
    }
    JsonNode secret = JSON.readTree(file.toFile());
    if (!secret.hasNonNull("username") || !secret.hasNonNull("password")) {
      throw new IOException("repositoryCredentials " + name + " lack username or password");
    }
    return RegistryLogins.login(
        registry, secret.get("username").asText(), secret.get("password").asText());
  }
}
