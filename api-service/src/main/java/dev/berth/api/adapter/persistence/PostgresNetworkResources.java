package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.NetworkResources;
import dev.berth.api.domain.network.NetworkResource;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** VPCs, subnets and security groups in PostgreSQL. */
@ApplicationScoped
public class PostgresNetworkResources
    implements NetworkResources, PanacheRepositoryBase<NetworkResourceEntity, String> {
  @Override
  public Uni<List<NetworkResource>> all() {
    return list("order by createdAt, id")
        .map(rows -> rows.stream().map(row -> row.document.resource()).toList());
  }

  @Override
  public Uni<Void> put(NetworkResource resource) {
    return findById(resource.id())
        .chain(
            row -> {
              NetworkResourceEntity made = row == null ? new NetworkResourceEntity() : row;
              made.document = NetworkDocument.of(resource);
              if (row != null) {
                return flush();
              }
              made.id = resource.id();
              made.kind = made.document.kind();
              made.createdAt = resource.createdAt();
              return persistAndFlush(made).replaceWithVoid();
            });
  }

  @Override
  public Uni<Void> remove(String id) {
    return deleteById(id).replaceWithVoid();
  }
}
