package dev.berth.api.adapter.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code api_tokens}. */
@Entity(name = "ApiToken")
@Table(name = "api_tokens")
public class ApiTokenEntity {

  @Id public String id;
  public String name;
  public String sha256;
  public String policy;

  @Column(name = "created_at")
  public Instant createdAt;
}
