package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.LoadBalancingTags;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.loadbalancer.LoadBalancerDescription;
import dev.berth.api.domain.loadbalancer.LoadBalancerRequest;
import dev.berth.api.domain.loadbalancer.LoadBalancerRules;
import dev.berth.api.domain.loadbalancer.LoadBalancingAttributes;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** CreateLoadBalancer: without listeners it does nothing yet. */
@ApplicationScoped
public class CreateLoadBalancer {
  private static final long TEN_DIGITS = 10_000_000_000L;

  private final Transactions transactions;
  private final LoadBalancers loadBalancers;
  private final LoadBalancingTags tags;
  private final BalancerPlaces places;
  private final Versions versions;
  private final Outbox outbox;
  private final Ids ids;
  private final Identity identity;
  private final InstantSource clock;

  public CreateLoadBalancer(
      Transactions transactions,
      LoadBalancers loadBalancers,
      LoadBalancingTags tags,
      BalancerPlaces places,
      Versions versions,
      Outbox outbox,
      Ids ids,
      Identity identity,
      InstantSource clock) {
    this.transactions = transactions;
    this.loadBalancers = loadBalancers;
    this.tags = tags;
    this.places = places;
    this.versions = versions;
    this.outbox = outbox;
    this.ids = ids;
    this.identity = identity;
    this.clock = clock;
  }

  /** Creates a load balancer; the same request again gives the same one, as in ELBv2. */
  public Uni<LoadBalancerDescription> create(LoadBalancerRequest request) {
    Violations found = LoadBalancerRules.check(request);
    Map<String, String> attributes =
        LoadBalancingAttributes.ofLoadBalancer(request.type())
            .changed(
                Map.of(), request.attributes() == null ? Map.of() : request.attributes(), found);
    found.throwIfAny();
    boolean application = !"network".equals(request.type());
    List<String> subnets = LoadBalancerRules.subnets(request.subnets(), request.subnetMappings());
    return transactions.inTransaction(
        () ->
            places
                .of(subnets, request.securityGroups(), application)
                .chain(
                    place ->
                        loadBalancers
                            .lock(request.name())
                            .chain(
                                present ->
                                    present.isPresent()
                                        ? Uni.createFrom().item(same(present.get(), request, place))
                                        : make(request, place, attributes)))
                .map(LoadBalancerDescription::of));
  }

  private Uni<LoadBalancerDesired> make(
      LoadBalancerRequest request, BalancerPlaces.Place place, Map<String, String> attributes) {
    String id = ids.loadBalancingId();
    String name = request.name();
    return versions
        .next()
        .map(version -> desired(request, place, attributes, id, version))
        .call(loadBalancers::add)
        .call(
            made ->
                tags.put(
                    made.loadBalancerArn(), request.tags() == null ? List.of() : request.tags()))
        .call(() -> outbox.changed(Topic.LOAD_BALANCER_DESIRED, name, name));
  }

  private LoadBalancerDesired desired(
      LoadBalancerRequest request,
      BalancerPlaces.Place place,
      Map<String, String> attributes,
      String id,
      long version) {
    boolean application = !"network".equals(request.type());
    String arn =
        application
            ? Arns.loadBalancer(identity.region(), identity.accountId(), request.name(), id)
            : Arns.networkLoadBalancer(identity.region(), identity.accountId(), request.name(), id);
    return new LoadBalancerDesired(
        request.name(),
        arn,
        version,
        identity.installationId(),
        dnsName(request, id),
        List.of(),
        List.of(),
        clock.instant(),
        application ? "application" : "network",
        scheme(request),
        addressType(request),
        place.vpcId(),
        place.zones(),
        place.securityGroups(),
        attributes,
        List.of());
  }

  /** Names under localhost are this machine, without a name server. */
  private String dnsName(LoadBalancerRequest request, String id) {
    return (scheme(request).equals("internal") ? "internal-" : "")
        + request.name()
        + "-"
        + "%010d".formatted(Long.remainderUnsigned(Long.parseUnsignedLong(id, 16), TEN_DIGITS))
        + "."
        + identity.region()
        + ".elb.localhost";
  }

  private static String scheme(LoadBalancerRequest request) {
    return request.scheme() == null ? "internet-facing" : request.scheme();
  }

  private static String addressType(LoadBalancerRequest request) {
    return request.ipAddressType() == null ? "ipv4" : request.ipAddressType();
  }

  private static LoadBalancerDesired same(
      LoadBalancerDesired present, LoadBalancerRequest request, BalancerPlaces.Place place) {
    boolean same =
        present.type().equals(request.type() == null ? "application" : request.type())
            && present.scheme().equals(scheme(request))
            && present.ipAddressType().equals(addressType(request))
            && present.availabilityZones().equals(place.zones())
            && present.securityGroups().equals(place.securityGroups());
    if (!same) {
      throw ProblemException.conflict(
          "DuplicateLoadBalancerNameException",
          "A load balancer with the name '"
              + request.name()
              + "' exists, but with different settings");
    }
    return present;
  }
}
