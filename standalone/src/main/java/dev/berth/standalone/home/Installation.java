package dev.berth.standalone.home;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.contracts.secret.AccessKeyPair;
import dev.berth.contracts.secret.InstallationKey;
import dev.berth.standalone.join.JoinToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What stays the same from one {@code up} to the next; kept in {@code installation.json}.
 *
 * @param installationId tells this installation's containers from others on the same engine
 * @param nodeToken what api-service shows when it asks a node for logs
 * @param kafkaPassword of the nodes on other machines
 * @param nodes container instances on this machine
 * @param advertise the address other machines reach this one by; null: only this machine
 * @param bindAddress where the load balancer's listeners listen
 * @param nodeName of a joined machine's instance; null on the machine that was joined
 * @param joined what a further machine was given; null on the first machine
 * @param accountId what ARNs name, 12 digits
 * @param region what ARNs name and what signatures must be for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Installation(
    String installationId,
    String postgresPassword,
    String nodeToken,
    String kafkaPassword,
    int nodes,
    Ports ports,
    String advertise,
    String bindAddress,
    String nodeName,
    JoinToken joined,
    String accountId,
    String region) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final String DEFAULT_ACCOUNT_ID = "000000000000";
  private static final String DEFAULT_REGION = "us-east-1";

  /** One kept by an older release has neither account nor region. */
  public Installation {
    accountId = accountId == null ? DEFAULT_ACCOUNT_ID : accountId;
    region = region == null ? DEFAULT_REGION : region;
  }

  /** A new one with random secrets. */
  public static Installation create() {
    return new Installation(
        "berth-" + Secrets.hex(6),
        Secrets.hex(16),
        Secrets.hex(24),
        Secrets.hex(16),
        1,
        Ports.DEFAULT,
        null,
        "127.0.0.1",
        null,
        null,
        DEFAULT_ACCOUNT_ID,
        DEFAULT_REGION);
  }

  /** The one kept in a file; empty where there is none. */
  public static Optional<Installation> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readString(file), Installation.class));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Keeps it, readable by its owner only. */
  public void write(Path file) {
    try {
      PrivateFiles.write(file, JSON.writeValueAsString(this) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Can't write " + file, e);
    }
  }

  public Installation withNodes(int value) {
    return new Installation(
        installationId,
        postgresPassword,
        nodeToken,
        kafkaPassword,
        value,
        ports,
        advertise,
        bindAddress,
        nodeName,
        joined,
        accountId,
        region);
  }

  public Installation withPorts(Ports value) {
    return new Installation(
        installationId,
        postgresPassword,
        nodeToken,
        kafkaPassword,
        nodes,
        value,
        advertise,
        bindAddress,
        nodeName,
        joined,
        accountId,
        region);
  }

  public Installation withAdvertise(String value) {
    return new Installation(
        installationId,
        postgresPassword,
        nodeToken,
        kafkaPassword,
        nodes,
        ports,
        value,
        bindAddress,
        nodeName,
        joined,
        accountId,
        region);
  }

  public Installation withBindAddress(String value) {
    return new Installation(
        installationId,
        postgresPassword,
        nodeToken,
        kafkaPassword,
        nodes,
        ports,
        advertise,
        value,
        nodeName,
        joined,
        accountId,
        region);
  }

  /** ARNs then name another account and region; those made before keep theirs. */
  public Installation withIdentity(String account, String regionName) {
    return new Installation(
        installationId,
        postgresPassword,
        nodeToken,
        kafkaPassword,
        nodes,
        ports,
        advertise,
        bindAddress,
        nodeName,
        joined,
        account,
        regionName);
  }

  /** As a further machine of the installation the token is from. */
  public Installation joinedBy(JoinToken token, String name) {
    return new Installation(
        token.installationId(),
        null,
        token.nodeToken(),
        null,
        1,
        ports,
        advertise,
        bindAddress,
        name,
        token,
        accountId,
        region);
  }

  /** Makes the key that seals secrets, where there is none yet; it is never replaced. */
  public static void makeSecretsKey(Path file) {
    if (!Files.exists(file)) {
      PrivateFiles.write(file, InstallationKey.generate() + "\n");
    }
  }

  /**
   * Makes the administrator's access key and bearer token, each where there is none yet.
   *
   * @return the token
   */
  public String makeCredentials(Path credentials) {
    Optional<String> kept = readAdministratorToken(credentials);
    String token = kept.orElseGet(() -> Secrets.hex(24));
    if (read(credentials, "aws_access_key_id").isEmpty()) {
      PrivateFiles.write(credentials, AccessKeyPair.generate().credentialsFile(region(), token));
    }
    return token;
  }

  /** The administrator's bearer token from a credentials file; empty where there is none. */
  public static Optional<String> readAdministratorToken(Path credentials) {
    return read(credentials, "berth_token");
  }

  private static Optional<String> read(Path credentials, String member) {
    if (!Files.exists(credentials)) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(credentials).stream()
          .map(String::strip)
          .filter(line -> line.startsWith(member))
          .map(line -> line.substring(line.indexOf('=') + 1).strip())
          .filter(value -> !value.isEmpty())
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + credentials, e);
    }
  }
}
