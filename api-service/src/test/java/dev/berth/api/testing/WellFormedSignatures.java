package dev.berth.api.testing;

import dev.berth.api.application.access.Caller;
import dev.berth.api.application.access.Callers;
import dev.berth.api.application.access.IncomingRequest;
import dev.berth.api.domain.problem.ProblemException;
import io.quarkus.test.Mock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Lets everyone in whose request is signed at all. */
@Mock
@ApplicationScoped
public class WellFormedSignatures implements Callers {
  @Override
  public Uni<Caller> identify(IncomingRequest request) {
    if (!request.header("authorization").orElse("").startsWith("AWS4-HMAC-SHA256 Credential=")) {
      throw ProblemException.unauthenticated(
          "MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    return Uni.createFrom()
        .item(
            new Caller(
                "AIDATEST", "arn:aws:iam::000000000000:user/test", "000000000000", "us-east-1"));
  }

  @Override
  public Uni<Void> authorize(Caller caller, String action, List<String> resources) {
    return Uni.createFrom().voidItem();
  }
}
