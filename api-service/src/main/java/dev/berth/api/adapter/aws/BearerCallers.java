package dev.berth.api.adapter.aws;

import dev.berth.api.application.access.Authentication;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.access.Callers;
import dev.berth.api.application.access.IncomingRequest;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.ProblemException;
import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/** Identifies callers by a bearer token; whoever has one may do everything. */
@DefaultBean
@ApplicationScoped
public class BearerCallers implements Callers {
  private static final String SCHEME = "bearer ";

  private final Authentication authentication;
  private final Identity identity;

  public BearerCallers(Authentication authentication, Identity identity) {
    this.authentication = authentication;
    this.identity = identity;
  }

  @Override
  public Uni<Caller> identify(IncomingRequest request) {
    String header = request.header("authorization").orElse("");
    if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw ProblemException.unauthenticated(
          "MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    String owner =
        authentication
            .ownerOf(header.substring(SCHEME.length()).strip())
            .orElseThrow(
                () ->
                    ProblemException.unauthenticated(
                        "UnrecognizedClientException",
                        "The security token included in the request is invalid."));
    return Uni.createFrom()
        .item(
            new Caller(
                owner,
                "arn:aws:iam::" + identity.accountId() + ":user/" + owner,
                identity.accountId(),
                identity.region()));
  }

  @Override
  public Uni<Void> authorize(Caller caller, String action, List<String> resources) {
    return Uni.createFrom().voidItem();
  }
}
