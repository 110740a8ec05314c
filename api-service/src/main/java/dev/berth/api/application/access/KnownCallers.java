package dev.berth.api.application.access;

import dev.berth.api.domain.Identity;
import dev.berth.api.domain.access.Permission;
import dev.berth.api.domain.access.Principal;
import dev.berth.api.domain.access.SignatureRules;
import dev.berth.api.domain.access.SignedRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/**
 * The callers whose keys and tokens are in the database. The AWS wire takes signatures, as AWS's
 * clients send them, and bearer tokens, which suit a script.
 */
@ApplicationScoped
public class KnownCallers implements Callers {
  private static final String BEARER = "bearer ";

  private final Authentication authentication;
  private final Identity identity;

  public KnownCallers(Authentication authentication, Identity identity) {
    this.authentication = authentication;
    this.identity = identity;
  }

  @Override
  public Uni<Caller> identify(IncomingRequest request, String service) {
    String authorization = request.header("authorization").orElse("");
    Uni<Principal> principal =
        authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
            ? authentication
                .bearer(authorization.substring(BEARER.length()).strip())
                .map(owner -> owner.orElseThrow(SignatureRules::unrecognized))
            : authentication.signed(signed(request), List.of(service));
    return principal.map(
        one ->
            new Caller(
                one.id(), one.arn(identity.accountId()), identity.accountId(), identity.region()));
  }

  @Override
  public Uni<Void> authorize(Caller caller, String action, List<String> resources) {
    return Uni.createFrom()
        .item(
            () -> {
              new Permission(action, resources)
                  .require(
                      authentication
                          .principal(caller.userId())
                          .orElseThrow(SignatureRules::unrecognized),
                      identity.accountId());
              return null;
            });
  }

  private static SignedRequest signed(IncomingRequest request) {
    return new SignedRequest(
        request.method(),
        request.path(),
        request.query(),
        request.headers().entrySet().stream()
            .flatMap(
                header ->
                    header.getValue().stream()
                        .map(value -> new SignedRequest.Header(header.getKey(), value)))
            .toList(),
        Sha256.of(request.body()));
  }
}
