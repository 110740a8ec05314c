package dev.berth.api.application.network;

import dev.berth.api.application.port.Machines;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.instance.Machine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Container instances as EC2's API shows machines. */
@ApplicationScoped
public class ReadMachines {
  private final Transactions transactions;
  private final Machines machines;

  public ReadMachines(Transactions transactions, Machines machines) {
    this.transactions = transactions;
    this.machines = machines;
  }

  public Uni<List<Machine>> all() {
    return transactions.reading(machines::all);
  }
}
