package dev.berth.api.adapter.aws.ec2;

import dev.berth.api.application.network.NetworkTags;
import dev.berth.api.application.network.ReadNetwork;
import dev.berth.api.domain.network.Network;
import dev.berth.api.domain.network.NetworkResource;
import dev.berth.contracts.taskdef.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Filter;

/** Resources of the network as a Describe operation asks for them: by ids, filters and tags. */
@ApplicationScoped
class NetworkSelection {
  private final ReadNetwork read;
  private final NetworkTags tags;

  NetworkSelection(ReadNetwork read, NetworkTags tags) {
    this.read = read;
    this.tags = tags;
  }

  /**
   * A kind of resource.
   *
   * @param all of the network
   * @param byId one of them, or a refusal
   * @param facts what filters can ask of one, by the filters' names
   */
  record Kind<T extends NetworkResource>(
      Function<Network, List<T>> all,
      BiFunction<Network, String, T> byId,
      Function<T, Map<String, String>> facts) {}

  /** A resource with its tags. */
  record Selected<T>(T resource, List<Tag> tags) {}

  /**
   * Selects.
   *
   * @param ids all of the kind if there are none
   */
  <T extends NetworkResource> Uni<List<Selected<T>>> of(
      Kind<T> kind, List<String> ids, List<Filter> filters) {
    return read.network()
        .chain(
            network -> {
              List<T> named =
                  ids.isEmpty()
                      ? kind.all().apply(network)
                      : ids.stream().map(id -> kind.byId().apply(network, id)).toList();
              return tags.of(named.stream().map(NetworkResource::id).toList())
                  .map(
                      known ->
                          named.stream()
                              .map(
                                  one ->
                                      new Selected<>(one, known.getOrDefault(one.id(), List.of())))
                              .filter(
                                  one ->
                                      Filters.pass(
                                          filters, kind.facts().apply(one.resource()), one.tags()))
                              .toList());
            });
  }
}
