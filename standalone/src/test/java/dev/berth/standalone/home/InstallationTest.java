package dev.berth.standalone.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.secret.InstallationKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
  @TempDir Path folder;

  @Test
  void readsBackAsItWasAndOnlyItsOwnerCanReadIt() throws Exception {
    Installation installation = Installation.create().withNodes(3).withAdvertise("10.0.0.1");
    Path file = folder.resolve("home/installation.json");
    installation.write(file);
    assertThat(Installation.read(file)).contains(installation);
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(file.getParent())).isEqualTo("rwx------");
  }

  @Test
  void theAdministratorsCredentialsAreMadeOnce() throws Exception {
    // Given an installation
    Installation installation = Installation.create().withIdentity("123456789012", "eu-west-1");
    Path file = folder.resolve("credentials");

    // When its credentials are asked for twice
    String token = installation.makeCredentials(file);
    String first = Files.readString(file);
    String again = installation.makeCredentials(file);

    // Then they are the same, and only their owner can read them
    assertThat(token).hasSize(48).isEqualTo(again);
    assertThat(Files.readString(file)).isEqualTo(first);
    assertThat(first)
        .contains("[default]\naws_access_key_id = BERTH")
        .contains("\nregion = eu-west-1\n")
        .contains("\nberth_token = " + token + "\n");
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(Installation.readAdministratorToken(file)).contains(token);
  }

  @Test
  void aTokenFromBeforeThereWereAccessKeysIsKept() throws Exception {
    Path file = folder.resolve("credentials");
    Files.writeString(file, "[default]\nberth_token = kept-token-0123456789\n");
    assertThat(Installation.create().makeCredentials(file)).isEqualTo("kept-token-0123456789");
    assertThat(Files.readString(file)).contains("aws_access_key_id = BERTH");
  }

  @Test
  void anInstallationFromBeforeThereWereAccountsHasTheDefaults() throws Exception {
    Path file = folder.resolve("installation.json");
    Files.writeString(file, "{\"installationId\": \"berth-1\", \"nodes\": 1}");
    assertThat(Installation.read(file))
        .hasValueSatisfying(
            kept -> {
              assertThat(kept.accountId()).isEqualTo("000000000000");
              assertThat(kept.region()).isEqualTo("us-east-1");
            });
  }

  @Test
  void theKeyThatSealsSecretsIsMadeOnceAndReplacedNever() throws Exception {
    // Given a home without one
    Path file = folder.resolve("secrets.key");

    // When it is asked for twice
    Installation.makeSecretsKey(file);
    String first = Files.readString(file);
    Installation.makeSecretsKey(file);

    // Then it is still the first, a proper key, and only its owner can read it
    assertThat(Files.readString(file)).isEqualTo(first);
    assertThat(InstallationKey.of(first).isPresent()).isTrue();
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void twoInstallationsShareNothing() {
    Installation one = Installation.create();
    Installation other = Installation.create();
    assertThat(one.installationId()).isNotEqualTo(other.installationId());
    assertThat(one.postgresPassword()).isNotEqualTo(other.postgresPassword());
    assertThat(one.nodeToken()).isNotEqualTo(other.nodeToken());
  }

  @Test
  void removingAllDataLeavesWhatIsNotBerths() throws Exception {
    // Given a home in a folder that has something else too
    BerthHome home = new BerthHome(folder, folder.resolve("home"));
    Installation.create().write(home.installationFile());
    Files.createDirectories(home.kafkaData().resolve("topic-0"));
    Path other = home.folder().resolve("holiday.jpg");
    Files.writeString(other, "x");

    // When all data are removed, then only the other thing is left
    home.removeAll();
    assertThat(home.folder()).isDirectoryContaining(file -> file.equals(other));
    assertThat(home.installationFile()).doesNotExist();
    assertThat(home.kafkaData()).doesNotExist();

    // And an empty folder goes as well
    Files.delete(other);
    home.removeAll();
    assertThat(home.folder()).doesNotExist();
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
