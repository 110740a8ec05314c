package dev.berth.api.config;

import dev.berth.api.adapter.persistence.IdsDocument;
import dev.berth.api.adapter.persistence.TagsDocument;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The documents that only the database holds, which Jackson reads and writes by reflection. The
 * records that cross topics are registered by the contracts' own jar.
 */
@RegisterForReflection(targets = {IdsDocument.class, TagsDocument.class})
final class NativeReflection {
  private NativeReflection() {}
}
