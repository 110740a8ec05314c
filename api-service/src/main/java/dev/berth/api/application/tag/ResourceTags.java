package dev.berth.api.application.tag;

import dev.berth.api.application.port.CapacityProviderStore;
import dev.berth.api.application.port.Clusters;
import dev.berth.api.application.port.InstanceAndTaskTags;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.TaskDefinitions;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.capacity.StoredCapacityProvider;
import dev.berth.api.domain.cluster.ClusterChanges;
import dev.berth.api.domain.cluster.ClusterUpdate;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.tag.TaggedResource;
import dev.berth.api.domain.taskdefinition.RegisteredTaskDefinition;
import dev.berth.api.domain.taskdefinition.TaskDefinitionName;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import dev.berth.contracts.service.TaskSetDesired;
import dev.berth.contracts.taskdef.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** TagResource, UntagResource and ListTagsForResource, for every kind of resource of ECS. */
@ApplicationScoped
public class ResourceTags {
  private static final int MOST = 50;

  private final Transactions transactions;
  private final Clusters clusters;
  private final Services services;
  private final TaskDefinitions definitions;
  private final CapacityProviderStore providers;
  private final InstanceAndTaskTags others;
  private final Versions versions;
  private final Outbox outbox;
  private final Identity identity;

  public ResourceTags(
      Transactions transactions,
      Clusters clusters,
      Services services,
      TaskDefinitions definitions,
      CapacityProviderStore providers,
      InstanceAndTaskTags others,
      Versions versions,
      Outbox outbox,
      Identity identity) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.services = services;
    this.definitions = definitions;
    this.providers = providers;
    this.others = others;
    this.versions = versions;
    this.outbox = outbox;
    this.identity = identity;
  }

  /** Adds tags, in place of those with the same keys. */
  public Uni<Void> tag(String arn, List<Tag> tags) {
    TaggedResource resource = TaggedResource.of(arn, identity);
    Violations violations = new Violations();
    violations.require(!tags.isEmpty(), "tags", "is required");
    Tags.check("tags", tags, violations);
    violations.throwIfAny();
    return changed(
            resource,
            old -> {
              Map<String, Tag> merged = new LinkedHashMap<>();
              old.forEach(tag -> merged.put(tag.key(), tag));
              tags.forEach(tag -> merged.put(tag.key(), tag));
              if (merged.size() > MOST) {
                throw ProblemException.refused(
                    "InvalidParameterException", "A resource can have at most 50 tags.");
              }
              return List.copyOf(merged.values());
            })
        .replaceWithVoid();
  }

  /** Takes the tags with these keys away, those of them that are there. */
  public Uni<Void> untag(String arn, List<String> keys) {
    TaggedResource resource = TaggedResource.of(arn, identity);
    if (keys.isEmpty()) {
      throw ProblemException.invalid("tagKeys", "is required");
    }
    Set<String> gone = Set.copyOf(keys);
    return changed(resource, old -> old.stream().filter(tag -> !gone.contains(tag.key())).toList())
        .replaceWithVoid();
  }

  /** The tags of a resource. */
  public Uni<List<Tag>> list(String arn) {
    return changed(TaggedResource.of(arn, identity), UnaryOperator.identity());
  }

  /** Changes tags and says what they are; the same list as before changes nothing. */
  private Uni<List<Tag>> changed(TaggedResource resource, UnaryOperator<List<Tag>> change) {
    return transactions.inTransaction(
        () ->
            switch (resource.kind()) {
              case CLUSTER -> ofCluster(resource.name(), change);
              case SERVICE -> ofService(resource, change);
              case TASK_SET -> ofTaskSet(resource, change);
              case TASK_DEFINITION -> ofTaskDefinition(resource.name(), change);
              case CAPACITY_PROVIDER -> ofProvider(resource.name(), change);
              case TASK ->
                  others
                      .ofTask(resource.cluster(), resource.name())
                      .chain(
                          found ->
                              apply(found, change, tags -> others.tagTask(resource.name(), tags)));
              case CONTAINER_INSTANCE ->
                  others
                      .ofInstance(resource.cluster(), resource.name())
                      .chain(
                          found ->
                              apply(
                                  found,
                                  change,
                                  tags -> others.tagInstance(resource.name(), tags)));
            });
  }

  private Uni<List<Tag>> ofCluster(String name, UnaryOperator<List<Tag>> change) {
    return clusters
        .lock(name)
        .map(found -> found.filter(cluster -> cluster.status() == ClusterStatus.ACTIVE))
        .chain(
            found ->
                apply(
                    found.map(ClusterDesired::tags),
                    change,
                    tags ->
                        versions
                            .next()
                            .map(
                                version ->
                                    ClusterChanges.updated(
                                        found.orElseThrow(), ClusterUpdate.tagged(tags), version))
                            .chain(clusters::update)
                            .chain(() -> outbox.changed(Topic.CLUSTER_DESIRED, name, name))));
  }

  private Uni<List<Tag>> ofService(TaggedResource resource, UnaryOperator<List<Tag>> change) {
    return services
        .lock(resource.cluster(), resource.name())
        .chain(
            found ->
                apply(
                    found.map(service -> service.desired().tags()),
                    change,
                    tags -> save(resource, version -> found.orElseThrow().tagged(tags, version))));
  }

  private Uni<List<Tag>> ofTaskSet(TaggedResource resource, UnaryOperator<List<Tag>> change) {
    return services
        .lock(resource.cluster(), resource.name())
        .chain(
            found ->
                apply(
                    found.flatMap(
                        service ->
                            service.desired().taskSets().stream()
                                .filter(one -> one.id().equals(resource.id()))
                                .map(TaskSetDesired::tags)
                                .findFirst()),
                    change,
                    tags ->
                        save(
                            resource,
                            version ->
                                found.orElseThrow().taskSetTagged(resource.id(), tags, version))));
  }

  private Uni<Void> save(TaggedResource resource, Function<Long, Service> changed) {
    return versions
        .next()
        .map(changed)
        .chain(services::update)
        .chain(
            () ->
                outbox.changed(
                    Topic.SERVICE_DESIRED,
                    Keys.service(resource.cluster(), resource.name()),
                    resource.cluster()));
  }

  private Uni<List<Tag>> ofTaskDefinition(String text, UnaryOperator<List<Tag>> change) {
    TaskDefinitionName name = TaskDefinitionName.parse("resourceArn", text);
    if (name.revision() == null) {
      throw ProblemException.invalid("resourceArn", "needs a revision");
    }
    return definitions
        .lock(name.family(), name.revision())
        .chain(
            found ->
                apply(
                    found.map(RegisteredTaskDefinition::tags),
                    change,
                    tags ->
                        definitions.update(
                            new RegisteredTaskDefinition(found.orElseThrow().definition(), tags))));
  }

  private Uni<List<Tag>> ofProvider(String name, UnaryOperator<List<Tag>> change) {
    return providers
        .lock(name)
        .map(found -> found.filter(StoredCapacityProvider::isActive))
        .chain(
            found ->
                apply(
                    found.map(StoredCapacityProvider::tags),
                    change,
                    tags -> {
                      StoredCapacityProvider one = found.orElseThrow();
                      return providers.put(
                          new StoredCapacityProvider(one.provider(), one.updateStatus(), tags));
                    }));
  }

  private static Uni<List<Tag>> apply(
      Optional<List<Tag>> found,
      UnaryOperator<List<Tag>> change,
      Function<List<Tag>, Uni<Void>> save) {
    List<Tag> old =
        found.orElseThrow(
            () ->
                ProblemException.notFound(
                    "ResourceNotFoundException", "The specified resource could not be found."));
    List<Tag> changed = change.apply(old);
    return changed.equals(old)
        ? Uni.createFrom().item(old)
        : save.apply(changed).replaceWith(changed);
  }
}
