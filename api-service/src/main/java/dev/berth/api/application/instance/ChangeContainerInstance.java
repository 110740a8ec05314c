package dev.berth.api.application.instance;

import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.ContainerInstances;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Tasks;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.instance.ContainerInstance;
import dev.berth.api.domain.instance.ContainerInstanceDescription;
import dev.berth.api.domain.instance.ContainerInstanceDescription.Taken;
import dev.berth.api.domain.instance.InstanceChanges;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.taskdef.Attribute;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;

/**
 * UpdateContainerInstancesState, DeregisterContainerInstance, PutAttributes, DeleteAttributes: one
 * and the same change of an instance's wanted part.
 */
@ApplicationScoped
public class ChangeContainerInstance {
  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final ContainerInstances instances;
  private final DescribeContainerInstances describe;
  private final Tasks tasks;
  private final Versions versions;
  private final Outbox outbox;
  private final InstantSource clock;

  public ChangeContainerInstance(
      Transactions transactions,
      ActiveCluster clusters,
      ContainerInstances instances,
      DescribeContainerInstances describe,
      Tasks tasks,
      Versions versions,
      Outbox outbox,
      InstantSource clock) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.instances = instances;
    this.describe = describe;
    this.tasks = tasks;
    this.versions = versions;
    this.outbox = outbox;
    this.clock = clock;
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
                                    "The container instance still has "
                                        + (taken.running() + taken.pending())
                                        + " tasks: drain it first, or use force.");
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
    return transactions.inTransaction(
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
                            .chain(
                                instance ->
                                    versions.next().map(version -> change.apply(instance, version)))
                            .call(instances::update)
                            .call(
                                () ->
                                    outbox.changed(
                                        Topic.CONTAINER_INSTANCE_DESIRED, id, found.cluster())))
                .chain(instance -> describe.described(List.of(instance)))
                .map(List::getFirst));
  }
}
