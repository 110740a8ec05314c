package dev.berth.api.application.port;

import dev.berth.api.domain.instance.Machine;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The registered container instances of all clusters, as machines. */
public interface Machines {
  /** All of them, in the order of their ids. */
  Uni<List<Machine>> all();
}
