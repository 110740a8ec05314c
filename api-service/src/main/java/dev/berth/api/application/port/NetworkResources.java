package dev.berth.api.application.port;

import dev.berth.api.domain.network.NetworkResource;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** VPCs, subnets and security groups that users made. */
public interface NetworkResources {
  /** All of them, the oldest first: there are few. */
  Uni<List<NetworkResource>> all();

  /** Adds a resource, or replaces the one of the same id. */
  Uni<Void> put(NetworkResource resource);

  Uni<Void> remove(String id);
}
