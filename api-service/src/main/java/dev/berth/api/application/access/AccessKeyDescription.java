package dev.berth.api.application.access;

import dev.berth.api.application.port.AccessKeys.AccessKey;
import java.time.Instant;

/**
 * An access key as its users see it, in IAM's words.
 *
 * @param secretAccessKey only in the answer to its creation
 */
public record AccessKeyDescription(
    String accessKeyId,
    String secretAccessKey,
    String userName,
    Status status,
    PolicyDocument policy,
    Instant createDate) {

  /** Whether a key opens anything. */
  public enum Status {
    Active,
    Inactive
  }

  static AccessKeyDescription of(AccessKey key) {
    return new AccessKeyDescription(
        key.id(),
        null,
        key.name(),
        key.active() ? Status.Active : Status.Inactive,
        PolicyDocument.stored(key.policy()),
        key.createdAt());
  }

  AccessKeyDescription withSecret(String secret) {
    return new AccessKeyDescription(accessKeyId, secret, userName, status, policy, createDate);
  }
}
