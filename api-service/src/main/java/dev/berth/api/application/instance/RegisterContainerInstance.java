package dev.berth.api.application.instance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.fold.FoldSignals;
import dev.berth.api.application.port.ContainerInstances;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.PublicEvents;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.fold.EventScope;
import dev.berth.api.domain.fold.InstanceRow;
import dev.berth.api.domain.fold.StateChangeEvents;
import dev.berth.api.domain.instance.ContainerInstance;
import dev.berth.api.domain.instance.ContainerInstanceDescription;
import dev.berth.api.domain.instance.InstanceRegistration;
import dev.berth.api.domain.instance.RegisteredMachine;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Topic;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * RegisterContainerInstance: a machine gets its ARN, attributes and tags before its node runs.
 * Nodes register themselves when they speak first; one that is started with the ARN given here
 * ({@code berth.node.container-instance-arn}) is this container instance. Until then its agent
 * isn't connected and nothing is placed there.
 */
@ApplicationScoped
public class RegisterContainerInstance {
  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final ContainerInstances instances;
  private final DescribeContainerInstances describe;
  private final Versions versions;
  private final Outbox outbox;
  private final PublicEvents events;
  private final EventScope scope;
  private final FoldSignals signals;
  private final Identity identity;
  private final InstantSource clock;
  private final ObjectMapper json =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public RegisterContainerInstance(
      Transactions transactions,
      ActiveCluster clusters,
      ContainerInstances instances,
      DescribeContainerInstances describe,
      Versions versions,
      Outbox outbox,
      PublicEvents events,
      EventScope scope,
      FoldSignals signals,
      Identity identity,
      InstantSource clock) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.instances = instances;
    this.describe = describe;
    this.versions = versions;
    this.outbox = outbox;
    this.events = events;
    this.scope = scope;
    this.signals = signals;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Registers a machine, or one that is known again.
   *
   * @throws ProblemException a NOT_FOUND for a cluster or a container instance that isn't there
   */
  public Uni<ContainerInstanceDescription> register(String cluster, InstanceRegistration request) {
    request.check().throwIfAny();
    RegisteredMachine machine = machine(request.instanceIdentityDocument());
    return transactions
        .inTransaction(
            () ->
                clusters
                    .named(cluster)
                    .chain(
                        found ->
                            versions
                                .next()
                                .chain(
                                    version ->
                                        registered(found.cluster(), request, machine, version))
                                .call(instances::register)
                                .call(
                                    one ->
                                        outbox.changed(
                                            Topic.CONTAINER_INSTANCE_DESIRED,
                                            one.desired().containerInstanceId(),
                                            found.cluster()))
                                .call(
                                    one ->
                                        events.append(
                                            StateChangeEvents.containerInstance(
                                                InstanceRow.of(one), scope, clock.instant())))
                                .chain(
                                    one -> describe.described(List.of(one)).map(List::getFirst))))
        .invoke(signals::eventsAppended);
  }

  private Uni<ContainerInstance> registered(
      String cluster, InstanceRegistration request, RegisteredMachine machine, long version) {
    if (request.containerInstanceArn() == null) {
      return Uni.createFrom()
          .item(
              machine.registered(
                  request,
                  UUID.randomUUID().toString().replace("-", ""),
                  cluster,
                  identity.installationId(),
                  version,
                  clock.instant()));
    }
    String id = Arns.shortName(request.containerInstanceArn());
    return instances
        .lock(cluster, id)
        .map(
            known ->
                known.orElseThrow(
                    () -> DescribeContainerInstances.missing(request.containerInstanceArn())))
        .map(known -> machine.registeredAgain(known, request, version, clock.instant()));
  }

  private RegisteredMachine machine(String document) {
    if (document == null || document.isBlank()) {
      return RegisteredMachine.UNKNOWN;
    }
    try {
      RegisteredMachine machine = json.readValue(document, RegisteredMachine.class);
      if (machine != null) {
        return machine;
      }
    } catch (JsonProcessingException e) {
      throw ProblemException.invalid(
          "instanceIdentityDocument", "must be a JSON object: " + e.getOriginalMessage());
    }
    throw ProblemException.invalid("instanceIdentityDocument", "must be a JSON object, not null");
  }
}
