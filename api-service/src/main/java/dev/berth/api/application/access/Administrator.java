package dev.berth.api.application.access;

/**
 * What the administrator of the installation calls with, kept outside the database.
 *
 * @param token bearer token
 * @param accessKeyId null where there is no access key
 * @param secretAccessKey null where there is no access key
 */
public record Administrator(String token, String accessKeyId, String secretAccessKey) {
  /** The name of the administrator, which no other caller has. */
  static final String NAME = "administrator";

  /** Doesn't show the secrets. */
  @Override
  public String toString() {
    return "Administrator[accessKeyId=" + accessKeyId + "]";
  }
}
