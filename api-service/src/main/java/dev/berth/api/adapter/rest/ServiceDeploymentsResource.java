package dev.berth.api.adapter.rest;

import dev.berth.api.application.Described;
import dev.berth.api.application.service.DescribeServiceDeployments;
import dev.berth.api.application.service.StopServiceDeployment;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.service.ServiceDeploymentDescription;
import dev.berth.api.domain.service.ServiceRevision;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What was deployed of a service, and how each deployment went. */
@Path("/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Service deployments")
public class ServiceDeploymentsResource {
  /** How to stop: ABORT leaves the service as it stands, ROLLBACK goes back. */
  @OptionalBody
  public record StopRequest(String stopType) {}

  /** What was stopped. */
  public record StopAnswer(String serviceDeploymentArn) {}

  private final DescribeServiceDeployments describe;
  private final StopServiceDeployment stop;

  public ServiceDeploymentsResource(
      DescribeServiceDeployments describe, StopServiceDeployment stop) {
    this.describe = describe;
    this.stop = stop;
  }

  @GET
  @Path("service-deployments/{serviceDeployment:.+}")
  @Operation(
      operationId = "describeServiceDeployment",
      summary = "Describe a service deployment by its ARN")
  public Uni<ServiceDeploymentDescription> describe(@RestPath String serviceDeployment) {
    return describe
        .describe(List.of(serviceDeployment))
        .map(found -> only(found, "ServiceDeploymentNotFoundException", "service deployment"));
  }

  @POST
  @Path("service-deployments/{serviceDeployment:.+}/stop")
  @Operation(
      operationId = "stopServiceDeployment",
      summary = "Stop a service deployment that is under way",
      description =
          "With ABORT the service stays as it stands; with ROLLBACK, which is the default, it goes"
              + " back to the last revision that was completed.")
  public Uni<StopAnswer> stop(@RestPath String serviceDeployment, StopRequest request) {
    return stop.stop(serviceDeployment, request.stopType()).map(StopAnswer::new);
  }

  @GET
  @Path("service-revisions/{serviceRevision:.+}")
  @Operation(
      operationId = "describeServiceRevision",
      summary = "Describe what a deployment deployed, by its service revision's ARN")
  public Uni<ServiceRevision> revision(@RestPath String serviceRevision) {
    return describe
        .revisions(List.of(serviceRevision))
        .map(found -> only(found, "ServiceRevisionNotFoundException", "service revision"));
  }

  private static <T> T only(Described<T> found, String code, String kind) {
    return found.items().stream()
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound(code, "There is no such " + kind + "."));
  }
}
