package dev.berth.api.config;

import dev.berth.api.application.port.Ids;
import dev.berth.api.domain.Identity;
import dev.berth.contracts.secret.InstallationKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Time, ids and the identity of the installation: what decisions get as inputs. */
@ApplicationScoped
public class ApiBeans {
  @Produces
  @Singleton
  Identity identity(
      @ConfigProperty(name = "berth.installation-id") String installationId,
      @ConfigProperty(name = "berth.region", defaultValue = "us-east-1") String region,
      @ConfigProperty(name = "berth.account-id", defaultValue = "000000000000") String accountId) {
    return new Identity(installationId, region, accountId);
  }

  /** What seals signing keys and private keys; outside PostgreSQL and Kafka. */
  @Produces
  @Singleton
  InstallationKey installationKey(
      @ConfigProperty(name = "berth.secrets-key") Optional<String> key,
      @ConfigProperty(name = "berth.secrets-key-file") Optional<Path> file) {
    return InstallationKey.configured(key, file);
  }

  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  Ids ids() {
    return new RandomIds();
  }

  private static final class RandomIds implements Ids {
    private static final int DEPLOYMENT_ID_LENGTH = 21;
    private static final String LETTERS =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final long SMALLEST = 1_000_000_000_000_000_000L;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String taskId() {
      return hexadecimal(16);
    }

    @Override
    public String serviceId() {
      return UUID.randomUUID().toString();
    }

    @Override
    public String deploymentId() {
      return "ecs-svc/" + random.nextLong(SMALLEST, Long.MAX_VALUE);
    }

    @Override
    public String serviceDeploymentId() {
      StringBuilder id = new StringBuilder(DEPLOYMENT_ID_LENGTH);
      for (int i = 0; i < DEPLOYMENT_ID_LENGTH; i++) {
        id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      return id.toString();
    }

    @Override
    public String serviceRevisionId() {
      return Long.toString(random.nextLong(SMALLEST, Long.MAX_VALUE));
    }

    @Override
    public String loadBalancingId() {
      return hexadecimal(8);
    }

    private String hexadecimal(int bytes) {
      byte[] drawn = new byte[bytes];
      random.nextBytes(drawn);
      return HexFormat.of().formatHex(drawn);
    }
  }
}
