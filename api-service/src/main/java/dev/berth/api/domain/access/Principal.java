package dev.berth.api.domain.access;

/**
 * Who calls.
 *
 * @param id access key id, or the id of a bearer token
 * @param name the user's name
 */
public record Principal(String id, String name, Policy policy) {
  /** As IAM names a user, such as {@code arn:aws:iam::000000000000:user/ci}. */
  public String arn(String accountId) {
    return "arn:aws:iam::" + accountId + ":user/" + name;
  }
}
