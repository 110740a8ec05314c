package dev.berth.api.adapter.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.application.port.InstanceAndTaskTags;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.taskdef.Tag;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The columns {@code tags} of {@code tasks} and {@code container_instances}. */
@ApplicationScoped
public class PostgresInstanceAndTaskTags implements InstanceAndTaskTags {
  private static final String TASK =
      """
      select cast(coalesce(tags, jsonb_build_object('tags',
        coalesce(desired #> '{runTask,tags}', '[]'))) as text)
      from tasks where cluster = ?1 and id = ?2 for update
      """;
  private static final String INSTANCE =
      """
      select coalesce(cast(tags as text), '{}') from container_instances
      where cluster = ?1 and id = ?2 and status <> 'INACTIVE' for update
      """;

  private final ObjectMapper mapper = EventJson.newMapper();

  @Override
  public Uni<Optional<List<Tag>>> ofTask(String cluster, String id) {
    return find(TASK, cluster, id);
  }

  @Override
  public Uni<Void> tagTask(String id, List<Tag> tags) {
    return update(
        "update tasks set tags = cast(cast(?1 as text) as jsonb) where id = ?2", id, tags);
  }

  @Override
  public Uni<Optional<List<Tag>>> ofInstance(String cluster, String id) {
    return find(INSTANCE, cluster, id);
  }

  @Override
  public Uni<Void> tagInstance(String id, List<Tag> tags) {
    return update(
        "update container_instances set tags = cast(cast(?1 as text) as jsonb) where id = ?2",
        id,
        tags);
  }

  private Uni<Optional<List<Tag>>> find(String sql, String cluster, String id) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(sql, String.class)
                    .setParameter(1, cluster)
                    .setParameter(2, id)
                    .getSingleResultOrNull())
        .map(text -> Optional.ofNullable(text).map(this::tags));
  }

  private Uni<Void> update(String sql, String id, List<Tag> tags) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(sql)
                    .setParameter(1, text(tags))
                    .setParameter(2, id)
                    .executeUpdate())
        .replaceWithVoid();
  }

  private List<Tag> tags(String text) {
    try {
      return mapper.readValue(text, TagsDocument.class).tags();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored tags can't be read", e);
    }
  }

  private String text(List<Tag> tags) {
    try {
      return mapper.writeValueAsString(new TagsDocument(tags));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Tags can't be stored", e);
    }
  }
}
