package dev.berth.api.application.instance;

import dev.berth.api.application.Described;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.fold.FoldSignals;
import dev.berth.api.application.port.ContainerInstances;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.PublicEvents;
import dev.berth.api.application.port.Tasks;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.fold.EventScope;
import dev.berth.api.domain.fold.InstanceRow;
import dev.berth.api.domain.fold.StateChangeEvents;
import dev.berth.api.domain.instance.ContainerInstance;
import dev.berth.api.domain.instance.ContainerInstanceDescription;
import dev.berth.api.domain.instance.ContainerInstanceDescription.Taken;
import dev.berth.api.domain.instance.InstanceChanges;
import dev.berth.api.domain.problem.Failure;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.taskdef.Attribute;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/**
 * UpdateContainerInstancesState, DeregisterContainerInstance, PutAttributes, DeleteAttributes: one
 * and the same change of an instance's wanted part.
 */
@ApplicationScoped
public class ChangeContainerInstance {
  private static final int MOST = 10;

  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final ContainerInstances instances;
  private final DescribeContainerInstances describe;
  private final Tasks tasks;
  private final Versions versions;
  private final Outbox outbox;
  private final InstantSource clock;
  private final PublicEvents events;
  private final EventScope scope;
  private final FoldSignals signals;

  public ChangeContainerInstance(
      Transactions transactions,
      ActiveCluster clusters,
      ContainerInstances instances,
      DescribeContainerInstances describe,
      Tasks tasks,
      Versions versions,
      Outbox outbox,
      InstantSource clock,
      PublicEvents events,
      EventScope scope,
      FoldSignals signals) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.instances = instances;
    this.describe = describe;
    this.tasks = tasks;
    this.versions = versions;
    this.outbox = outbox;
    this.clock = clock;
    this.events = events;
    this.scope = scope;
    this.signals = signals;
  }

  /** Drains (its tasks move elsewhere) or activates an instance. */
  public Uni<ContainerInstanceDescription> status(
      String cluster, String idOrArn, InstanceStatusName status) {
    if (status != InstanceStatusName.ACTIVE && status != InstanceStatusName.DRAINING) {
      throw ProblemException.invalid("status", "must be ACTIVE or DRAINING");
    }
    return change(
        cluster,
        idOrArn,
        (instance, version) -> InstanceChanges.status(instance, status, false, version));
  }

  /**
   * Drains or activates several instances of a cluster, each by itself.
   *
   * @param idsOrArns 1 to 10 of them
   */
  public Uni<Described<ContainerInstanceDescription>> status(
      String cluster, List<String> idsOrArns, InstanceStatusName status) {
    if (idsOrArns == null || idsOrArns.isEmpty() || idsOrArns.size() > MOST) {
      throw ProblemException.invalid("containerInstances", "must name 1 to 10 of them");
    }
    return transactions
        .reading(() -> clusters.named(cluster))
        .chain(
            in ->
                Multi.createFrom()
                    .iterable(idsOrArns.stream().distinct().toList())
                    .onItem()
                    .transformToUniAndConcatenate(
                        one ->
                            status(in.cluster(), one, status)
                                .map(item -> new Described<>(List.of(item), List.of()))
                                .onFailure(ChangeContainerInstance::isMissing)
                                .recoverWithItem(() -> missing(in.clusterArn(), one)))
                    .collect()
                    .asList())
        .map(
            all ->
                new Described<>(
                    all.stream().flatMap(one -> one.items().stream()).toList(),
                    all.stream().flatMap(one -> one.failures().stream()).toList()));
  }

  private static Described<ContainerInstanceDescription> missing(String clusterArn, String one) {
    String arn = one.startsWith("arn:") ? one : Arns.containerInstance(clusterArn, one);
    return new Described<>(List.of(), List.of(Failure.missing(arn)));
  }

  private static boolean isMissing(Throwable refusal) {
    return refusal instanceof ProblemException problem
        && problem.kind() == ProblemException.Kind.NOT_FOUND;
  }

  /**
   * UpdateContainerAgent: a node is updated by whoever runs it, so that there is never an update to
   * start from here.
   */
  public Uni<ContainerInstanceDescription> updateAgent(String cluster, String idOrArn) {
    return describe
        .describe(cluster, idOrArn)
        .map(
            found -> {
              throw ProblemException.conflict(
                  "NoUpdateAvailableException",
                  "There is no update available for this container agent: whoever runs the node"
                      + " updates it.");
            });
  }

  public Uni<ContainerInstanceDescription> putAttributes(
      String cluster, String idOrArn, List<Attribute> attributes) {
    InstanceChanges.check(attributes).throwIfAny();
    return change(
        cluster,
        idOrArn,
        (instance, version) -> InstanceChanges.attributesPut(instance, attributes, version));
  }

  public Uni<ContainerInstanceDescription> deleteAttribute(
      String cluster, String idOrArn, String name) {
    return change(
        cluster,
        idOrArn,
        (instance, version) -> {
          if (instance.desired().attributes().stream()
              .noneMatch(attribute -> attribute.name().equals(name))) {
            throw ProblemException.notFound(
                "TargetNotFoundException",
                "The container instance was given no attribute " + name + ".");
          }
          return InstanceChanges.attributeDeleted(instance, name, version);
        });
  }

  /**
   * Deregisters an instance.
   *
   * @param force also while tasks run there, which are then given up
   */
  public Uni<ContainerInstanceDescription> deregister(
      String cluster, String idOrArn, boolean force) {
    String id = Arns.shortName(idOrArn);
    return transactions.inTransaction(
        () ->
            tasks
                .takenOf(List.of(id))
                .map(taken -> taken.getOrDefault(id, Taken.NOTHING))
                .chain(
                    taken ->
                        change(
                            cluster,
                            idOrArn,
                            (instance, version) -> {
                              if (!force && taken.running() + taken.pending() > 0) {
                                throw ProblemException.conflict(
                                    "InvalidParameterException",
                                    "Found running tasks on the instance: "
                                        + (taken.running() + taken.pending())
                                        + " of them. Drain it first, or use force.");
                              }
                              return InstanceChanges.deregistered(
                                  instance, force, version, clock.instant());
                            })));
  }

  private Uni<ContainerInstanceDescription> change(
      String cluster,
      String idOrArn,
      BiFunction<ContainerInstance, Long, ContainerInstance> change) {
    String id = Arns.shortName(idOrArn);
    AtomicReference<ContainerInstance> before = new AtomicReference<>();
    return transactions
        .inTransaction(
            () ->
                clusters
                    .named(cluster)
                    .chain(
                        found ->
                            instances
                                .lock(found.cluster(), id)
                                .map(
                                    instance ->
                                        instance
                                            .filter(
                                                one ->
                                                    one.desired().status()
                                                        != InstanceStatusName.INACTIVE)
                                            .orElseThrow(
                                                () -> DescribeContainerInstances.missing(idOrArn)))
                                .invoke(before::set)
                                .chain(
                                    instance ->
                                        versions
                                            .next()
                                            .map(version -> change.apply(instance, version)))
                                .call(instances::update)
                                .call(
                                    () ->
                                        outbox.changed(
                                            Topic.CONTAINER_INSTANCE_DESIRED, id, found.cluster())))
                    .chain(
                        instance ->
                            describe
                                .described(List.of(instance))
                                .map(List::getFirst)
                                .call(() -> announce(before.get(), instance))))
        .invoke(signals::eventsAppended);
  }

  /** Tells of another wanted status; a node tells of everything else by itself. */
  private Uni<Void> announce(ContainerInstance before, ContainerInstance after) {
    if (before.desired().status() == after.desired().status()) {
      return Uni.createFrom().voidItem();
    }
    return events.append(
        StateChangeEvents.containerInstance(InstanceRow.of(after), scope, clock.instant()));
  }
}
