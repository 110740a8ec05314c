package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.loadbalancer.LoadBalancer;
import dev.berth.api.domain.loadbalancer.LoadBalancerDescription;
import dev.berth.api.domain.loadbalancer.TargetGroupRules;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Topic;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** CreateLoadBalancer: without listeners it does nothing yet. */
@ApplicationScoped
public class CreateLoadBalancer {
  private final Transactions transactions;
  private final LoadBalancers loadBalancers;
  private final Versions versions;
  private final Outbox outbox;
  private final Ids ids;
  private final Identity identity;
  private final InstantSource clock;

  public CreateLoadBalancer(
      Transactions transactions,
      LoadBalancers loadBalancers,
      Versions versions,
      Outbox outbox,
      Ids ids,
      Identity identity,
      InstantSource clock) {
    this.transactions = transactions;
    this.loadBalancers = loadBalancers;
    this.versions = versions;
    this.outbox = outbox;
    this.ids = ids;
    this.identity = identity;
    this.clock = clock;
  }

  public Uni<LoadBalancerDescription> create(String name) {
    Violations violations = new Violations();
    TargetGroupRules.name("name", name, violations);
    violations.throwIfAny();
    return transactions.inTransaction(
        () ->
            loadBalancers
                .find(name)
                .invoke(
                    found -> {
                      if (found.isPresent()) {
                        throw ProblemException.conflict(
                            "DuplicateLoadBalancerNameException",
                            "There is already a load balancer " + name + ".");
                      }
                    })
                .chain(versions::next)
                .map(
                    version ->
                        new LoadBalancer(
                            name,
                            Arns.loadBalancer(
                                identity.region(),
                                identity.accountId(),
                                name,
                                ids.loadBalancingId()),
                            version,
                            identity.installationId(),
                            name + ".elb.localhost",
                            clock.instant()))
                .call(loadBalancers::add)
                .call(() -> outbox.changed(Topic.LOAD_BALANCER_DESIRED, name, name))
                .map(LoadBalancerDescription::of));
  }
}
