package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.application.Page;
import dev.berth.api.application.loadbalancer.ChangeListeners;
import dev.berth.api.application.loadbalancer.ChangeLoadBalancer;
import dev.berth.api.application.loadbalancer.ChangeRules;
import dev.berth.api.application.loadbalancer.CreateLoadBalancer;
import dev.berth.api.application.loadbalancer.DeleteLoadBalancer;
import dev.berth.api.application.loadbalancer.DescribeListeners;
import dev.berth.api.application.loadbalancer.DescribeLoadBalancers;
import dev.berth.api.domain.loadbalancer.ListenerDescription;
import dev.berth.api.domain.loadbalancer.ListenerRequest;
import dev.berth.api.domain.loadbalancer.LoadBalancerDescription;
import dev.berth.api.domain.loadbalancer.LoadBalancerRequest;
import dev.berth.api.domain.loadbalancer.RuleDescription;
import dev.berth.api.domain.loadbalancer.RuleRequest;
import dev.berth.api.domain.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
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

  private static final String RULE =
      """
      {
        "priority": 10,
        "conditions": [{"field": "path-pattern", "values": ["/api/*"]}],
        "actions": [{"type": "forward", "targetGroupArn": "api"}]
      }""";

  /** A listener's rules by priority. */
  public record RuleList(@JsonInclude(JsonInclude.Include.ALWAYS) List<RuleDescription> rules) {}

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
  private final ChangeLoadBalancer changeLoadBalancer;
  private final ChangeListeners changeListeners;
  private final DescribeListeners describeListeners;
  private final ChangeRules changeRules;

  public LoadBalancersResource(
      CreateLoadBalancer createLoadBalancer,
      DescribeLoadBalancers describeLoadBalancers,
      DeleteLoadBalancer deleteLoadBalancer,
      ChangeLoadBalancer changeLoadBalancer,
      ChangeListeners changeListeners,
      DescribeListeners describeListeners,
      ChangeRules changeRules) {
    this.createLoadBalancer = createLoadBalancer;
    this.describeLoadBalancers = describeLoadBalancers;
    this.deleteLoadBalancer = deleteLoadBalancer;
    this.changeLoadBalancer = changeLoadBalancer;
    this.changeListeners = changeListeners;
    this.describeListeners = describeListeners;
    this.changeRules = changeRules;
  }

  @POST
  @ResponseStatus(201)
  @Operation(operationId = "createLoadBalancer", summary = "Create a load balancer")
  public Uni<LoadBalancerDescription> create(LoadBalancerRequest request) {
    return createLoadBalancer.create(request);
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
      summary = "Open a port",
      description =
          "HTTP listeners of several load balancers share a port, told apart by the host's name, and"
              + " HTTPS and TLS ones by the server's name; any other second listener is refused.")
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
    return describeListeners.of(loadBalancer).map(ListenerList::new);
  }

  @DELETE
  @Path("{loadBalancer}/listeners/{port}")
  @Operation(operationId = "deleteListener", summary = "Close a listener's port")
  public Uni<Void> deleteListener(@RestPath String loadBalancer, @RestPath int port) {
    return changeListeners.delete(loadBalancer, port);
  }

  @GET
  @Path("{loadBalancer}/attributes")
  @Operation(
      operationId = "describeLoadBalancerAttributes",
      summary = "A load balancer's attributes, by the names of Elastic Load Balancing")
  public Uni<Map<String, String>> attributes(@RestPath String loadBalancer) {
    return describeLoadBalancers.attributes(loadBalancer);
  }

  @PATCH
  @Path("{loadBalancer}/attributes")
  @Operation(
      operationId = "modifyLoadBalancerAttributes",
      summary = "Set attributes of a load balancer")
  public Uni<Map<String, String>> setAttributes(
      @RestPath String loadBalancer, Map<String, String> attributes) {
    return changeLoadBalancer.attributes(loadBalancer, attributes);
  }

  @GET
  @Path("{loadBalancer}/listeners/{port}/rules")
  @Operation(operationId = "listRules", summary = "A listener's rules; the default one is last")
  public Uni<RuleList> rules(@RestPath String loadBalancer, @RestPath int port) {
    return listener(loadBalancer, port).chain(describeListeners::rules).map(RuleList::new);
  }

  @POST
  @Path("{loadBalancer}/listeners/{port}/rules")
  @ResponseStatus(201)
  @Operation(operationId = "createRule", summary = "Add a rule to a listener")
  public Uni<RuleDescription> createRule(
      @RestPath String loadBalancer,
      @RestPath int port,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      examples = @ExampleObject(name = "path", value = RULE)))
          RuleRequest request) {
    return listener(loadBalancer, port).chain(arn -> changeRules.create(arn, request));
  }

  @DELETE
  @Path("{loadBalancer}/listeners/{port}/rules/{priority}")
  @Operation(operationId = "deleteRule", summary = "Remove a rule by its priority")
  public Uni<Void> deleteRule(
      @RestPath String loadBalancer, @RestPath int port, @RestPath int priority) {
    return rules(loadBalancer, port)
        .map(
            all ->
                all.rules().stream()
                    .filter(rule -> rule.priority().equals(String.valueOf(priority)))
                    .findFirst()
                    .map(RuleDescription::ruleArn)
                    .orElseThrow(
                        () ->
                            ProblemException.notFound(
                                "RuleNotFoundException",
                                "The listener has no rule of priority " + priority + ".")))
        .chain(changeRules::delete);
  }

  private Uni<String> listener(String loadBalancer, int port) {
    return describeListeners
        .of(loadBalancer)
        .map(
            all ->
                all.stream()
                    .filter(one -> one.port() == port)
                    .findFirst()
                    .map(ListenerDescription::listenerArn)
                    .orElseThrow(
                        () ->
                            ProblemException.notFound(
                                "ListenerNotFoundException",
                                "The load balancer has no listener on port " + port + ".")));
  }
}
