package dev.berth.api.application.access;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Tells who makes a request of the AWS wire, and whether they may. */
public interface Callers {
  /**
   * Identifies the caller by what the request carries.
   *
   * @param service the signing name of the service that the request is for, such as {@code ecs}
   * @return a failure is a {@link dev.berth.api.domain.problem.ProblemException} of kind
   *     UNAUTHENTICATED with AWS's code, such as {@code InvalidSignatureException}
   */
  Uni<Caller> identify(IncomingRequest request, String service);

  /**
   * Lets the caller do something, or fails.
   *
   * @param action in IAM's terms, such as {@code ecs:RunTask}
   * @param resources the ARNs that the action touches, each of which must be allowed; {@code *} if
   *     it names none
   * @return a failure is a {@link dev.berth.api.domain.problem.ProblemException} of kind FORBIDDEN
   */
  Uni<Void> authorize(Caller caller, String action, List<String> resources);
}
