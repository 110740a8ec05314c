package dev.berth.api.adapter.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code load_balancing_tags}. */
@Entity(name = "LoadBalancingTags")
@Table(name = "load_balancing_tags")
public class LoadBalancingTagsEntity {

  @Id public String resource;

  @JdbcTypeCode(SqlTypes.JSON)
  public TagsDocument tags;
}
