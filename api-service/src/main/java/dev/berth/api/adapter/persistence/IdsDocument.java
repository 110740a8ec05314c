package dev.berth.api.adapter.persistence;

import java.util.List;

/** Ids as a JSON document: Hibernate Reactive binds objects only, no bare arrays. */
public record IdsDocument(List<String> ids) {
  public IdsDocument {
    ids = ids == null ? List.of() : List.copyOf(ids);
  }
}
