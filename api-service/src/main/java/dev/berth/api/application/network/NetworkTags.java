package dev.berth.api.application.network;

import dev.berth.api.application.port.LoadBalancingTags;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.taskdef.Tag;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The tags of VPCs, subnets and security groups. */
@ApplicationScoped
public class NetworkTags {
  private final Transactions transactions;
  private final ReadNetwork read;
  private final LoadBalancingTags tags;

  public NetworkTags(Transactions transactions, ReadNetwork read, LoadBalancingTags tags) {
    this.transactions = transactions;
    this.read = read;
    this.tags = tags;
  }

  /** The tags of each resource that has some. */
  public Uni<Map<String, List<Tag>>> of(List<String> ids) {
    return transactions.reading(() -> tags.find(ids));
  }

  /** Adds tags; one of a key that is there replaces its value. */
  public Uni<Void> add(List<String> ids, List<Tag> added) {
    Violations found = new Violations();
    Tags.check("tags", added, found);
    found.throwIfAny();
    return change(
        ids,
        present -> {
          Map<String, Tag> byKey = new LinkedHashMap<>();
          present.forEach(tag -> byKey.put(tag.key(), tag));
          added.forEach(tag -> byKey.put(tag.key(), tag));
          return List.copyOf(byKey.values());
        });
  }

  /** Removes tags by their keys; a value that is given must be the tag's. */
  public Uni<Void> remove(List<String> ids, List<Tag> removed) {
    return change(
        ids,
        present ->
            present.stream()
                .filter(
                    tag ->
                        removed.stream()
                            .noneMatch(
                                one ->
                                    one.key().equals(tag.key())
                                        && (one.value() == null
                                            || one.value().equals(tag.value()))))
                .toList());
  }

  private Uni<Void> change(List<String> ids, UnaryOperator<List<Tag>> change) {
    return transactions.inTransaction(
        () ->
            read.network()
                .invoke(
                    network -> {
                      for (String id : ids) {
                        if (!network.has(id)) {
                          throw ProblemException.notFound(
                              "InvalidID", "The ID '" + id + "' is not valid");
                        }
                      }
                    })
                .chain(() -> tags.find(ids))
                .chain(
                    found ->
                        Multi.createFrom()
                            .iterable(ids)
                            .onItem()
                            .transformToUniAndConcatenate(
                                id ->
                                    tags.put(id, change.apply(found.getOrDefault(id, List.of())))
                                        .replaceWith(id))
                            .collect()
                            .last()
                            .replaceWithVoid()));
  }
}
