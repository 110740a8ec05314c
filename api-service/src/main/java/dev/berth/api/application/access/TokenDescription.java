package dev.berth.api.application.access;

import dev.berth.api.application.port.ApiTokens.ApiToken;
import java.time.Instant;

/**
 * A bearer token as its users see it.
 *
 * @param token only in the answer to its creation
 */
public record TokenDescription(
    String tokenId, String token, String userName, PolicyDocument policy, Instant createDate) {

  static TokenDescription of(ApiToken token) {
    return new TokenDescription(
        token.id(), null, token.name(), PolicyDocument.stored(token.policy()), token.createdAt());
  }

  TokenDescription withToken(String value) {
    return new TokenDescription(tokenId, value, userName, policy, createDate);
  }
}
