package dev.berth.contracts.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The installation's key, which seals what must be readable again, with AES-256-GCM.
 *
 * <p>An envelope is {@code berth1.<key id>.<base64url of nonce, cipher text and tag>}. The context
 * a secret is sealed with (what it is, and whose) isn't in the envelope and has to be said again to
 * open it, so that an envelope moved to another row doesn't open there.
 *
 * <p>A key file has one key a line (32 bytes in Base64; empty lines and lines that start with
 * {@code #} don't count): the first seals, all of them open. That is how a key is changed: put a
 * new one in front, and remove the old one once nothing is sealed with it any more.
 */
public final class InstallationKey {
  private static final String FORMAT = "berth1";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_DIGITS = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<Key> keys;

  private InstallationKey(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads the keys of a text in the form of a key file.
   *
   * @throws IllegalArgumentException if there is none, or a line isn't one
   */
  public static InstallationKey of(String text) {
    List<Key> keys = new ArrayList<>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(line -> keys.add(Key.of(line)));
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("There is no key in it");
    }
    return new InstallationKey(keys);
  }

  /**
   * As a service is configured: the key itself ({@code berth.secrets-key}), else the file that
   * holds it ({@code berth.secrets-key-file}), else none.
   *
   * @throws IllegalArgumentException if what is configured holds no key
   */
  public static InstallationKey configured(Optional<String> key, Optional<Path> file) {
    if (key.isPresent()) {
      return of(key.get());
    }
    return file.map(InstallationKey::read).orElseGet(() -> new InstallationKey(List.of()));
  }

  /** A new key as a line of a key file. */
  public static String generate() {
    byte[] drawn = new byte[KEY_BYTES];
    RANDOM.nextBytes(drawn);
    return Base64.getEncoder().encodeToString(drawn);
  }

  private static InstallationKey read(Path file) {
    try {
      return of(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("The installation's key can't be read from " + file, e);
    }
  }

  /** Whether there is a key at all; without one nothing can be sealed or opened. */
  public boolean isPresent() {
    return !keys.isEmpty();
  }

  /** Whether this was sealed with an older key than the one that seals now. */
  public boolean isOutdated(String envelope) {
    return !keys.isEmpty() && !envelope.startsWith(FORMAT + "." + keys.get(0).id + ".");
  }

  /**
   * Seals a secret.
   *
   * @param context what it is and whose, for example {@code access-key/AKIA...}
   * @throws IllegalStateException if no key is configured
   */
  public String seal(String secret, String context) {
    if (keys.isEmpty()) {
      throw new IllegalStateException("No installation key: set berth.secrets-key-file");
    }
    Key key = keys.get(0);
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed =
          key.cipher(Cipher.ENCRYPT_MODE, nonce, context)
              .doFinal(secret.getBytes(StandardCharsets.UTF_8));
      byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
      return FORMAT
          + "."
          + key.id
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has AES-GCM", e);
    }
  }

  /**
   * Opens an envelope.
   *
   * @param context what it was sealed with
   * @throws UnreadableSecretException if it isn't one, was sealed with a key that isn't here or in
   *     another context, or was altered
   */
  public String open(String envelope, String context) {
    String[] parts = envelope.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(FORMAT)) {
      throw new UnreadableSecretException("Not a secret sealed by Berth");
    }
    Key key =
        keys.stream()
            .filter(one -> one.id.equals(parts[1]))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnreadableSecretException(
                        "Sealed with key " + parts[1] + ", which isn't configured here"));
    try {
      byte[] whole = Base64.getUrlDecoder().decode(parts[2]);
      return new String(
          key.cipher(Cipher.DECRYPT_MODE, whole, context)
              .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES),
          StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new UnreadableSecretException("Altered, or sealed for something else", e);
    }
  }

  /** Names the keys and doesn't show them. */
  @Override
  public String toString() {
    return "InstallationKey" + keys.stream().map(key -> key.id).toList();
  }

  private static final class Key {
    private final String id;
    private final SecretKeySpec key;

    private Key(String id, SecretKeySpec key) {
      this.id = id;
      this.key = key;
    }

    private static Key of(String line) {
      byte[] bytes;
      try {
        bytes = Base64.getDecoder().decode(line);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("A key must be in Base64", e);
      }
      if (bytes.length != KEY_BYTES) {
        throw new IllegalArgumentException("A key must have " + KEY_BYTES + " bytes in Base64");
      }
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return new Key(
            HexFormat.of().formatHex(digest).substring(0, ID_DIGITS),
            new SecretKeySpec(bytes, "AES"));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Every Java runtime has SHA-256", e);
      }
    }

    /** The nonce is what the bytes begin with. */
    private Cipher cipher(int mode, byte[] bytes, String context) throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, bytes, 0, NONCE_BYTES));
      cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
      return cipher;
    }
  }
}
