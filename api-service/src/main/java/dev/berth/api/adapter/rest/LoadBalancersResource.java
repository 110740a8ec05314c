package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.application.Page;
import dev.berth.api.application.loadbalancer.ChangeListeners;
import dev.berth.api.application.loadbalancer.CreateLoadBalancer;
import dev.berth.api.application.loadbalancer.DeleteLoadBalancer;
import dev.berth.api.application.loadbalancer.DescribeLoadBalancers;
import dev.berth.api.domain.loadbalancer.ListenerDescription;
import dev.berth.api.domain.loadbalancer.ListenerRequest;
import dev.berth.api.domain.loadbalancer.LoadBalancerDescription;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Load balancers and their listeners. */
@Path("/v1/load-balancers")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Load balancers")
public class LoadBalancersResource {
  private static final String LISTENER =
      """
      {
        "protocol": "HTTP",
        "port": 8000,
        "defaultActions": [{"type": "forward", "targetGroupArn": "web"}]
      }""";

  /** A load balancer to create. */
  public record LoadBalancerRequest(String name) {}

  /** A page of load balancers. */
  public record LoadBalancerList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<LoadBalancerDescription> loadBalancers,
      String nextToken) {}

  /** A load balancer's listeners by port. */
  public record ListenerList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<ListenerDescription> listeners) {}

  private final CreateLoadBalancer createLoadBalancer;
  private final DescribeLoadBalancers describeLoadBalancers;
  private final DeleteLoadBalancer deleteLoadBalancer;
  private final ChangeListeners changeListeners;

  public LoadBalancersResource(
      CreateLoadBalancer createLoadBalancer,
      DescribeLoadBalancers describeLoadBalancers,
      DeleteLoadBalancer deleteLoadBalancer,
      ChangeListeners changeListeners) {
    this.createLoadBalancer = createLoadBalancer;
    this.describeLoadBalancers = describeLoadBalancers;
    this.deleteLoadBalancer = deleteLoadBalancer;
    this.changeListeners = changeListeners;
  }

  @POST
  @ResponseStatus(201)
  @Operation(operationId = "createLoadBalancer", summary = "Create a load balancer")
  public Uni<LoadBalancerDescription> create(LoadBalancerRequest request) {
    return createLoadBalancer.create(request.name());
  }

  @GET
  @Operation(operationId = "listLoadBalancers", summary = "List the load balancers")
  public Uni<LoadBalancerList> list(@RestQuery Integer maxResults, @RestQuery String nextToken) {
    return describeLoadBalancers
        .list(Page.Request.of(maxResults, nextToken))
        .map(page -> new LoadBalancerList(page.items(), page.nextToken()));
  }

  @GET
  @Path("{loadBalancer}")
  @Operation(operationId = "describeLoadBalancer", summary = "Describe a load balancer")
  public Uni<LoadBalancerDescription> describe(@RestPath String loadBalancer) {
    return describeLoadBalancers.describe(loadBalancer);
  }

  @DELETE
  @Path("{loadBalancer}")
  @Operation(
      operationId = "deleteLoadBalancer",
      summary = "Delete a load balancer with its listeners")
  public Uni<Void> delete(@RestPath String loadBalancer) {
    return deleteLoadBalancer.delete(loadBalancer);
  }

  @POST
  @Path("{loadBalancer}/listeners")
  @ResponseStatus(201)
  @Operation(
      operationId = "createListener",
      summary = "Open a port that forwards to a target group",
      description = "A port has one listener; a second one is refused.")
  public Uni<ListenerDescription> createListener(
      @RestPath String loadBalancer,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      examples = @ExampleObject(name = "forward", value = LISTENER)))
          ListenerRequest request) {
    return changeListeners.create(loadBalancer, request);
  }

  @GET
  @Path("{loadBalancer}/listeners")
  @Operation(operationId = "listListeners", summary = "List a load balancer's listeners")
  public Uni<ListenerList> listeners(@RestPath String loadBalancer) {
    return changeListeners.list(loadBalancer).map(ListenerList::new);
  }

  @DELETE
  @Path("{loadBalancer}/listeners/{port}")
  @Operation(operationId = "deleteListener", summary = "Close a listener's port")
  public Uni<Void> deleteListener(@RestPath String loadBalancer, @RestPath int port) {
    return changeListeners.delete(loadBalancer, port);
  }
}
