package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.LoadBalancingTags;
import dev.berth.contracts.taskdef.Tag;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tags in PostgreSQL, by resource. */
@ApplicationScoped
public class PostgresLoadBalancingTags
    implements LoadBalancingTags, PanacheRepositoryBase<LoadBalancingTagsEntity, String> {
  @Override
  public Uni<Map<String, List<Tag>>> find(Collection<String> resources) {
    return resources.isEmpty()
        ? Uni.createFrom().item(Map.of())
        : list("resource in ?1", resources)
            .map(
                rows ->
                    rows.stream()
                        .collect(Collectors.toMap(row -> row.resource, row -> row.tags.tags())));
  }

  @Override
  public Uni<Void> put(String resource, List<Tag> tags) {
    return findById(resource)
        .chain(
            row -> {
              if (row == null && tags.isEmpty()) {
                return Uni.createFrom().voidItem();
              }
              if (row == null) {
                LoadBalancingTagsEntity made = new LoadBalancingTagsEntity();
                made.resource = resource;
                made.tags = new TagsDocument(tags);
                return persistAndFlush(made).replaceWithVoid();
              }
              row.tags = new TagsDocument(tags);
              return flush();
            });
  }

  @Override
  public Uni<Void> remove(String resource) {
    return delete("resource = ?1", resource).replaceWithVoid();
  }
}
