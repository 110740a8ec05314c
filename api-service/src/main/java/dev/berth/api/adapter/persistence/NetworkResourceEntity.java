package dev.berth.api.adapter.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code network_resources}: one kind of document is there. */
@Entity(name = "NetworkResource")
@Table(name = "network_resources")
public class NetworkResourceEntity {

  @Id public String id;
  public String kind;

  @JdbcTypeCode(SqlTypes.JSON)
  public NetworkDocument document;

  @Column(name = "created_at")
  public Instant createdAt;
}
