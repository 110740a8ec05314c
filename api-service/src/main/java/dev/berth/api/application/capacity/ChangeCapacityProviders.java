package dev.berth.api.application.capacity;

import dev.berth.api.application.port.CapacityProviderStore;
import dev.berth.api.application.port.Clusters;
import dev.berth.api.application.port.ContainerInstances;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.capacity.CapacityProviderRequest;
import dev.berth.api.domain.capacity.CapacityProviders;
import dev.berth.api.domain.capacity.StoredCapacityProvider;
import dev.berth.api.domain.cluster.ClusterChanges;
import dev.berth.api.domain.instance.InstanceChanges;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.AutoScalingGroupProvider;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * CreateCapacityProvider, UpdateCapacityProvider, DeleteCapacityProvider. The instances of its
 * group and the clusters associated with it hear of each change.
 */
@ApplicationScoped
public class ChangeCapacityProviders {
  private final Transactions transactions;
  private final CapacityProviderStore providers;
  private final Clusters clusters;
  private final ContainerInstances instances;
  private final Versions versions;
  private final Outbox outbox;
  private final Identity identity;

  public ChangeCapacityProviders(
      Transactions transactions,
      CapacityProviderStore providers,
      Clusters clusters,
      ContainerInstances instances,
      Versions versions,
      Outbox outbox,
      Identity identity) {
    this.transactions = transactions;
    this.providers = providers;
    this.clusters = clusters;
    this.instances = instances;
    this.versions = versions;
    this.outbox = outbox;
    this.identity = identity;
  }

  public Uni<StoredCapacityProvider> create(CapacityProviderRequest request) {
    CapacityProviders.check(request).throwIfAny();
    StoredCapacityProvider created = CapacityProviders.created(request, identity);
    return transactions.inTransaction(
        () ->
            providers
                .lock(request.name())
                .invoke(known -> refuseSecond(request, known))
                .chain(() -> providers.put(created))
                .chain(() -> announceToInstances(created))
                .replaceWith(created));
  }

  public Uni<StoredCapacityProvider> update(String nameOrArn, AutoScalingGroupProvider update) {
    Violations violations = new Violations();
    if (violations.present("autoScalingGroupProvider", update)) {
      CapacityProviders.check(update, violations);
    }
    violations.throwIfAny();
    return transactions.inTransaction(
        () ->
            known(nameOrArn, "updated")
                .map(old -> CapacityProviders.updated(old, update))
                .call(providers::put)
                .call(this::announceToClusters));
  }

  public Uni<StoredCapacityProvider> delete(String nameOrArn) {
    return transactions.inTransaction(
        () ->
            known(nameOrArn, "deleted")
                .call(
                    old ->
                        providers
                            .clustersOf(old.provider().name())
                            .invoke(
                                associated -> {
                                  if (!associated.isEmpty()) {
                                    throw ProblemException.refused(
                                        "ClientException",
                                        "The capacity provider cannot be deleted because it is"
                                            + " associated with cluster: "
                                            + associated.getFirst()
                                            + ". Remove the capacity provider from the cluster and"
                                            + " try again.");
                                  }
                                }))
                .map(CapacityProviders::deleted)
                .call(providers::put)
                .call(this::announceToInstances));
  }

  private static void refuseSecond(
      CapacityProviderRequest request, Optional<StoredCapacityProvider> known) {
    if (known.filter(StoredCapacityProvider::isActive).isPresent()) {
      throw ProblemException.refused(
          "ClientException",
          "A capacity provider with the name "
              + request.name()
              + " already exists. Specify a different capacity provider name and try again.");
    }
  }

  private Uni<StoredCapacityProvider> known(String nameOrArn, String what) {
    if (nameOrArn == null || nameOrArn.isBlank()) {
      throw ProblemException.invalid("capacityProvider", "is required");
    }
    String name = Arns.shortName(nameOrArn);
    if (CapacityProviders.isFargate(name)) {
      throw ProblemException.refused(
          "InvalidParameterException",
          "The capacity provider " + name + " cannot be " + what + ": it is reserved.");
    }
    return providers
        .lock(name)
        .map(
            found ->
                found
                    .filter(StoredCapacityProvider::isActive)
                    .orElseThrow(
                        () ->
                            ProblemException.refused(
                                "ClientException",
                                "The specified capacity provider does not exist. Specify a valid"
                                    + " name or ARN and try again.")));
  }

  private Uni<Void> announceToClusters(StoredCapacityProvider changed) {
    return providers
        .clustersOf(changed.provider().name())
        .chain(
            names ->
                Multi.createFrom()
                    .iterable(names)
                    .onItem()
                    .transformToUniAndConcatenate(
                        name ->
                            clusters
                                .lock(name)
                                .chain(
                                    cluster ->
                                        versions
                                            .next()
                                            .map(
                                                version ->
                                                    ClusterChanges.withProvider(
                                                        cluster.orElseThrow(),
                                                        changed.provider(),
                                                        version)))
                                .call(clusters::update)
                                .call(() -> outbox.changed(Topic.CLUSTER_DESIRED, name, name)))
                    .collect()
                    .asList())
        .replaceWithVoid();
  }

  /** What an instance serves is worked out when its record is published. */
  private Uni<Void> announceToInstances(StoredCapacityProvider changed) {
    return providers
        .membersOf(
            CapacityProviders.groupOf(
                    changed.provider().autoScalingGroupProvider().autoScalingGroupArn())
                .orElseThrow())
        .chain(
            members ->
                Multi.createFrom()
                    .iterable(members)
                    .onItem()
                    .transformToUniAndConcatenate(this::announce)
                    .collect()
                    .asList())
        .replaceWithVoid();
  }

  private Uni<Void> announce(CapacityProviderStore.Member member) {
    return instances
        .lock(member.cluster(), member.id())
        .chain(
            instance ->
                instance.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : versions
                        .next()
                        .map(version -> InstanceChanges.announced(instance.get(), version))
                        .chain(instances::update)
                        .chain(
                            () ->
                                outbox.changed(
                                    Topic.CONTAINER_INSTANCE_DESIRED,
                                    member.id(),
                                    member.cluster())));
  }
}
