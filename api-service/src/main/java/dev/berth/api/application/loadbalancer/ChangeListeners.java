package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.Certificates;
import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.LoadBalancingTags;
import dev.berth.api.domain.loadbalancer.ListenerDescription;
import dev.berth.api.domain.loadbalancer.ListenerEdits;
import dev.berth.api.domain.loadbalancer.ListenerRequest;
import dev.berth.api.domain.loadbalancer.ListenerRules;
import dev.berth.api.domain.loadbalancer.LoadBalancerEdits;
import dev.berth.api.domain.loadbalancer.LoadBalancingAttributes;
import dev.berth.api.domain.loadbalancer.LoadBalancingLimits;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.Arns;
import dev.berth.contracts.loadbalancer.ListenerAction;
import dev.berth.contracts.loadbalancer.ListenerCertificate;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** CreateListener, ModifyListener, DeleteListener, and what a listener has beside its rules. */
@ApplicationScoped
public class ChangeListeners {
  private final LoadBalancers loadBalancers;
  private final LoadBalancerChanges changes;
  private final ActionTargets targets;
  private final Certificates certificates;
  private final LoadBalancingTags tags;
  private final Ids ids;

  public ChangeListeners(
      LoadBalancers loadBalancers,
      LoadBalancerChanges changes,
      ActionTargets targets,
      Certificates certificates,
      LoadBalancingTags tags,
      Ids ids) {
    this.loadBalancers = loadBalancers;
    this.changes = changes;
    this.targets = targets;
    this.certificates = certificates;
    this.tags = tags;
    this.ids = ids;
  }

  /** Creates a listener; the same request again gives the same one, as in ELBv2. */
  public Uni<ListenerDescription> create(String loadBalancer, ListenerRequest request) {
    Violations missing = new Violations();
    missing.present("protocol", request.protocol());
    missing.present("port", request.port());
    missing.present("defaultActions", request.defaultActions());
    missing.throwIfAny();
    String[] arn = new String[1];
    return changes
        .change(
            loadBalancer,
            () -> DescribeLoadBalancers.missing(loadBalancer),
            balancer -> {
              ListenerRules.check(request, isHttp(balancer)).throwIfAny();
              arn[0] = Arns.listener(balancer.loadBalancerArn(), ids.loadBalancingId());
              return targets
                  .kept(request.defaultActions(), request.protocol(), balancer)
                  .map(actions -> ListenerEdits.created(arn[0], request, actions))
                  .chain(
                      listener -> {
                        Optional<ListenerDesired> same = same(balancer, listener);
                        if (same.isPresent()) {
                          arn[0] = same.get().listenerArn();
                          return Uni.createFrom().item(balancer);
                        }
                        limit(balancer);
                        return checked(balancer, listener)
                            .call(
                                () ->
                                    tags.put(
                                        arn[0],
                                        request.tags() == null ? List.of() : request.tags()));
                      });
            })
        .map(balancer -> described(balancer, arn[0]));
  }

  /** Changes what the request names. */
  public Uni<ListenerDescription> modify(String listenerArn, ListenerRequest request) {
    return change(
            listenerArn,
            (balancer, old) -> {
              ListenerRules.check(request, isHttp(balancer)).throwIfAny();
              String protocol = request.protocol() == null ? old.protocol() : request.protocol();
              return (request.defaultActions() == null
                      ? Uni.createFrom().item(Optional.<List<ListenerAction>>empty())
                      : targets
                          .kept(request.defaultActions(), protocol, balancer)
                          .map(Optional::of))
                  .map(actions -> ListenerEdits.changed(old, request, actions.orElse(null)))
                  .chain(listener -> checked(balancer, listener));
            })
        .map(balancer -> described(balancer, listenerArn));
  }

  public Uni<Void> delete(String listenerArn) {
    return change(
            listenerArn,
            (balancer, old) ->
                removeTags(old)
                    .replaceWith(LoadBalancerEdits.withoutListener(balancer, listenerArn)))
        .replaceWithVoid();
  }

  /** Deletes the listeners of a load balancer on a port. */
  public Uni<Void> delete(String loadBalancer, int port) {
    return changes
        .change(
            loadBalancer,
            () -> DescribeLoadBalancers.missing(loadBalancer),
            balancer -> {
              List<ListenerDesired> left =
                  balancer.listeners().stream().filter(one -> one.port() != port).toList();
              if (left.size() == balancer.listeners().size()) {
                throw ProblemException.notFound(
                    "ListenerNotFoundException",
                    "The load balancer has no listener on port " + port + ".");
              }
              return Uni.createFrom().item(LoadBalancerEdits.withListeners(balancer, left));
            })
        .replaceWithVoid();
  }

  /** Sets attributes and gives all of them. */
  public Uni<Map<String, String>> attributes(String listenerArn, Map<String, String> asked) {
    return change(
            listenerArn,
            (balancer, old) -> {
              Violations found = new Violations();
              Map<String, String> all =
                  LoadBalancingAttributes.ofListener(old.protocol())
                      .changed(old.attributes(), asked, found);
              found.throwIfAny();
              return Uni.createFrom()
                  .item(
                      LoadBalancerEdits.withListener(
                          balancer, ListenerEdits.withAttributes(old, all)));
            })
        .map(balancer -> listener(balancer, listenerArn).attributes());
  }

  /** Adds certificates, which clients get by the name they ask for. */
  public Uni<List<ListenerCertificate>> addCertificates(String listenerArn, List<String> arns) {
    return change(
            listenerArn,
            (balancer, old) -> {
              if (!ListenerRules.isSecure(old.protocol())) {
                throw ProblemException.conflict(
                    "UnsupportedProtocolException",
                    "A listener of protocol " + old.protocol() + " has no certificates");
              }
              ListenerDesired changed = ListenerEdits.withCertificates(old, arns);
              if (changed.certificates().size() > LoadBalancingLimits.CERTIFICATES + 1) {
                throw ProblemException.conflict(
                    "TooManyCertificatesException",
                    "A listener has at most "
                        + LoadBalancingLimits.CERTIFICATES
                        + " certificates beside its own");
              }
              return checked(balancer, changed);
            })
        .map(balancer -> listener(balancer, listenerArn).certificates());
  }

  /** Removes certificates other than the default one. */
  public Uni<Void> removeCertificates(String listenerArn, List<String> arns) {
    Set<String> gone = new HashSet<>(arns);
    return change(
            listenerArn,
            (balancer, old) -> {
              if (old.certificates().stream()
                  .anyMatch(one -> one.isDefault() && gone.contains(one.certificateArn()))) {
                throw ProblemException.conflict(
                    "OperationNotPermittedException",
                    "The default certificate can't be removed; set another with ModifyListener");
              }
              return Uni.createFrom()
                  .item(
                      LoadBalancerEdits.withListener(
                          balancer, ListenerEdits.withoutCertificates(old, gone)));
            })
        .replaceWithVoid();
  }

  private Uni<LoadBalancerDesired> change(
      String listenerArn,
      BiFunction<LoadBalancerDesired, ListenerDesired, Uni<LoadBalancerDesired>> change) {
    Function<LoadBalancerDesired, Uni<LoadBalancerDesired>> whole =
        balancer -> change.apply(balancer, listener(balancer, listenerArn));
    return changes.change(listenerArn, () -> missing(listenerArn), whole);
  }

  /** The load balancer with a listener, once all that the listener needs is there and free. */
  private Uni<LoadBalancerDesired> checked(LoadBalancerDesired balancer, ListenerDesired listener) {
    Violations found = new Violations();
    ListenerRules.check(listener, found);
    found.throwIfAny();
    List<String> shown =
        listener.certificates().stream().map(ListenerCertificate::certificateArn).toList();
    return certificates
        .find(shown)
        .invoke(
            known -> {
              for (String arn : shown) {
                if (known.stream().noneMatch(one -> one.desired().certificateArn().equals(arn))) {
                  throw ProblemException.notFound(
                      "CertificateNotFoundException", "Certificate '" + arn + "' not found");
                }
              }
            })
        .chain(() -> loadBalancers.listenersOnPort(listener.port()))
        .invoke(others -> others.forEach(other -> free(balancer, listener, other)))
        .replaceWith(LoadBalancerEdits.withListener(balancer, listener));
  }

  private static void free(
      LoadBalancerDesired balancer, ListenerDesired listener, LoadBalancers.ListenerOnPort other) {
    if (other.listenerArn().equals(listener.listenerArn())) {
      return;
    }
    boolean own = other.loadBalancer().equals(balancer.loadBalancerName());
    if (own || !ListenerRules.canShare(listener.protocol(), other.protocol())) {
      throw ProblemException.conflict(
          "DuplicateListenerException",
          own
              ? "A listener already exists on this port for this load balancer"
              : "Port "
                  + listener.port()
                  + " has a listener of load balancer "
                  + other.loadBalancer()
                  + " already, which can't share it: it takes "
                  + other.protocol());
    }
  }

  private static Optional<ListenerDesired> same(
      LoadBalancerDesired balancer, ListenerDesired listener) {
    return balancer.listeners().stream()
        .filter(
            one ->
                one.port() == listener.port()
                    && one.protocol().equals(listener.protocol())
                    && one.defaultActions().equals(listener.defaultActions())
                    && one.certificates().equals(listener.certificates()))
        .findFirst();
  }

  private static void limit(LoadBalancerDesired balancer) {
    if (balancer.listeners().size() >= LoadBalancingLimits.LISTENERS) {
      throw ProblemException.conflict(
          "TooManyListenersException",
          "A load balancer has at most " + LoadBalancingLimits.LISTENERS + " listeners");
    }
  }

  private Uni<Void> removeTags(ListenerDesired listener) {
    return Multi.createFrom()
        .iterable(tagged(listener))
        .onItem()
        .transformToUniAndConcatenate(arn -> tags.remove(arn).replaceWith(arn))
        .collect()
        .last()
        .replaceWithVoid();
  }

  static List<String> tagged(ListenerDesired listener) {
    List<String> arns = new ArrayList<>(List.of(listener.listenerArn()));
    listener.rules().forEach(rule -> arns.add(rule.ruleArn()));
    return arns;
  }

  static ListenerDesired listener(LoadBalancerDesired balancer, String listenerArn) {
    return LoadBalancerEdits.listener(balancer, listenerArn)
        .orElseThrow(() -> missing(listenerArn));
  }

  static ListenerDescription described(LoadBalancerDesired balancer, String listenerArn) {
    return ListenerDescription.of(balancer.loadBalancerArn(), listener(balancer, listenerArn));
  }

  static boolean isHttp(LoadBalancerDesired balancer) {
    return !"network".equals(balancer.type());
  }

  static ProblemException missing(String listenerArn) {
    return ProblemException.notFound(
        "ListenerNotFoundException", "Listener '" + listenerArn + "' not found");
  }
}
