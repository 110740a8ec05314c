package dev.berth.api.application.network;

import dev.berth.api.application.port.NetworkResources;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.network.Network;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The network as it is: its default parts and what users made. */
@ApplicationScoped
public class ReadNetwork {
  private final Transactions transactions;
  private final NetworkResources resources;
  private final Identity identity;

  public ReadNetwork(Transactions transactions, NetworkResources resources, Identity identity) {
    this.transactions = transactions;
    this.resources = resources;
    this.identity = identity;
  }

  public Uni<Network> network() {
    return transactions.reading(() -> resources.all().map(made -> Network.of(identity, made)));
  }
}
