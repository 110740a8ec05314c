package dev.berth.api.adapter.persistence;

import dev.berth.contracts.taskdef.Tag;
import java.util.List;

/** Tags as a JSON document: Hibernate Reactive binds objects only, no bare arrays. */
public record TagsDocument(List<Tag> tags) {
  public TagsDocument {
    tags = tags == null ? List.of() : List.copyOf(tags);
  }
}
