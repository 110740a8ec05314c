package dev.berth.contracts.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationKeyTest {
  private static final String SECRET = "wJalr/EXAMPLE+key with ünïcode";
  private static final String CONTEXT = "access-key/AKIAEXAMPLE";

  private final String line = InstallationKey.generate();
  private final InstallationKey key = InstallationKey.of(line);

  @TempDir Path folder;

  @Test
  void opensWhatItSealed() {
    String envelope = key.seal(SECRET, CONTEXT);
    assertThat(key.open(envelope, CONTEXT)).isEqualTo(SECRET);
    assertThat(envelope).matches("berth1\\.[0-9a-f]{8}\\.[A-Za-z0-9_-]+").doesNotContain(SECRET);
  }

  @Test
  void sealsTheSameSecretDifferentlyEachTime() {
    assertThat(key.seal(SECRET, CONTEXT)).isNotEqualTo(key.seal(SECRET, CONTEXT));
  }

  @Test
  void doesNotOpenInAnotherContext() {
    String envelope = key.seal(SECRET, CONTEXT);
    assertThatThrownBy(() -> key.open(envelope, "access-key/AKIAOTHER"))
        .isInstanceOf(UnreadableSecretException.class);
  }

  @Test
  void doesNotOpenWithAnotherKeyAndSaysWhichKeyIsMissing() {
    String envelope = key.seal(SECRET, CONTEXT);
    InstallationKey other = InstallationKey.of(InstallationKey.generate());
    assertThatThrownBy(() -> other.open(envelope, CONTEXT))
        .isInstanceOf(UnreadableSecretException.class)
        .hasMessageContaining(envelope.split("\\.")[1]);
  }

  @Test
  void noticesEveryAlteredByte() {
    // Given an envelope
    String envelope = key.seal(SECRET, CONTEXT);
    String prefix = envelope.substring(0, envelope.lastIndexOf('.') + 1);
    byte[] sealed = Base64.getUrlDecoder().decode(envelope.substring(prefix.length()));

    for (int at = 0; at < sealed.length; at++) {
      // When one byte of it is another
      byte[] altered = sealed.clone();
      altered[at] ^= 1;
      String forged = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(altered);

      // Then it doesn't open
      assertThatThrownBy(() -> key.open(forged, CONTEXT))
          .isInstanceOf(UnreadableSecretException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "berth1..", "berth2.00000000.AAAA", "berth1.00000000.AAAA.x"})
  void refusesWhatIsNoEnvelope(String text) {
    assertThatThrownBy(() -> key.open(text, CONTEXT)).isInstanceOf(UnreadableSecretException.class);
  }

  @Test
  void refusesAnEnvelopeThatWasCutOff() {
    String envelope = key.seal(SECRET, CONTEXT);
    String start = envelope.substring(0, envelope.lastIndexOf('.') + 5);
    assertThatThrownBy(() -> key.open(start, CONTEXT))
        .isInstanceOf(UnreadableSecretException.class);
    assertThatThrownBy(() -> key.open(start + "*", CONTEXT))
        .isInstanceOf(UnreadableSecretException.class);
  }

  @Test
  void aNewKeyInFrontSealsAndTheOldOneStillOpens() {
    // Given a secret sealed with the old key
    String envelope = key.seal(SECRET, CONTEXT);

    // When the key is changed
    InstallationKey changed =
        InstallationKey.of("# new\n" + InstallationKey.generate() + "\n\n" + line + "\n");

    // Then the old envelope opens and is known as outdated, and a new one isn't
    assertThat(changed.open(envelope, CONTEXT)).isEqualTo(SECRET);
    assertThat(changed.isOutdated(envelope)).isTrue();
    assertThat(changed.isOutdated(changed.seal(SECRET, CONTEXT))).isFalse();
  }

  @Test
  void comesFromTheSettingBeforeTheFile() throws Exception {
    Path file = Files.writeString(folder.resolve("secrets.key"), line + "\n");
    String envelope = key.seal(SECRET, CONTEXT);
    assertThat(
            InstallationKey.configured(Optional.empty(), Optional.of(file)).open(envelope, CONTEXT))
        .isEqualTo(SECRET);
    InstallationKey other =
        InstallationKey.configured(Optional.of(InstallationKey.generate()), Optional.of(file));
    assertThat(other.isOutdated(envelope)).isTrue();
  }

  @Test
  void withoutAKeyNothingIsSealedOrOpened() {
    InstallationKey none = InstallationKey.configured(Optional.empty(), Optional.empty());
    assertThat(none.isPresent()).isFalse();
    assertThatThrownBy(() -> none.seal(SECRET, CONTEXT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("berth.secrets-key-file");
    assertThatThrownBy(() -> none.open(key.seal(SECRET, CONTEXT), CONTEXT))
        .isInstanceOf(UnreadableSecretException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing", "not base64!", "dG9vIHNob3J0"})
  void refusesAFileWithoutAProperKeyAndNamesIt(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("secrets.key"), text);
    assertThatThrownBy(() -> InstallationKey.configured(Optional.empty(), Optional.of(file)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file.toString());
  }

  @Test
  void neverShowsTheKey() {
    assertThat(key.toString()).doesNotContain(line);
  }
}
