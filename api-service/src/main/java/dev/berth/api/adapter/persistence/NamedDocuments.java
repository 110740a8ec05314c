package dev.berth.api.adapter.persistence;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rows that hold a document each, found by a name.
 *
 * @param <E> the row
 * @param <D> what it stands for
 */
abstract class NamedDocuments<E, D> implements PanacheRepositoryBase<E, String> {
  private final String key;

  /**
   * A table.
   *
   * @param key the row's field with the name
   */
  NamedDocuments(String key) {
    this.key = key;
  }

  /** What a row stands for. */
  abstract D document(E row);

  public Uni<Optional<D>> find(String name) {
    return findById(name).map(row -> Optional.ofNullable(row).map(this::document));
  }

  public Uni<Optional<D>> lock(String name) {
    return findById(name, LockModeType.PESSIMISTIC_WRITE)
        .map(row -> Optional.ofNullable(row).map(this::document));
  }

  public Uni<List<D>> list(String after, int limit) {
    return documents(find(key + " > ?1 order by " + key, after).page(0, limit).list());
  }

  public Uni<List<D>> find(Collection<String> names) {
    return names.isEmpty()
        ? Uni.createFrom().item(List.of())
        : documents(list(key + " in ?1 order by " + key, names));
  }

  public Uni<Void> remove(String name) {
    return deleteById(name).chain(this::flush);
  }

  final Uni<Void> changed(String name, Consumer<E> change) {
    return findById(name).invoke(change).chain(row -> flush()).replaceWithVoid();
  }

  private Uni<List<D>> documents(Uni<List<E>> rows) {
    return rows.map(found -> found.stream().map(this::document).toList());
  }
}
