package dev.berth.api.application.capacity;

import dev.berth.api.application.Page;
import dev.berth.api.application.port.CapacityProviderStore;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.capacity.CapacityProviders;
import dev.berth.api.domain.capacity.StoredCapacityProvider;
import dev.berth.contracts.Arns;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** DescribeCapacityProviders. */
@ApplicationScoped
public class FindCapacityProviders {
  private final Transactions transactions;
  private final CapacityProviderStore providers;
  private final Identity identity;

  public FindCapacityProviders(
      Transactions transactions, CapacityProviderStore providers, Identity identity) {
    this.transactions = transactions;
    this.providers = providers;
    this.identity = identity;
  }

  /** One of each name or ARN, or empty, in the order asked for. Within a transaction or not. */
  public Uni<List<Optional<StoredCapacityProvider>>> named(List<String> namesOrArns) {
    return transactions.reading(
        () ->
            Multi.createFrom()
                .iterable(namesOrArns)
                .onItem()
                .transformToUniAndConcatenate(this::one)
                .collect()
                .asList());
  }

  /** ACTIVE ones in the order of their names, FARGATE and FARGATE_SPOT among them. */
  public Uni<Page<StoredCapacityProvider>> list(Page.Request request) {
    return transactions.reading(
        () ->
            providers
                .list(request.after(), request.probe())
                .map(
                    found -> {
                      List<StoredCapacityProvider> all = new ArrayList<>(found);
                      Stream.of(CapacityProviders.FARGATE, CapacityProviders.FARGATE_SPOT)
                          .filter(name -> name.compareTo(request.after()) > 0)
                          .forEach(
                              name ->
                                  all.add(CapacityProviders.builtIn(name, identity).orElseThrow()));
                      all.sort((a, b) -> a.provider().name().compareTo(b.provider().name()));
                      return Page.of(all, request, one -> one.provider().name());
                    }));
  }

  private Uni<Optional<StoredCapacityProvider>> one(String nameOrArn) {
    String name = Arns.shortName(nameOrArn);
    Optional<StoredCapacityProvider> builtIn = CapacityProviders.builtIn(name, identity);
    return builtIn.isPresent() ? Uni.createFrom().item(builtIn) : providers.find(name);
  }
}
