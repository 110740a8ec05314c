package dev.berth.api.adapter.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code access_keys}. */
@Entity(name = "AccessKey")
@Table(name = "access_keys")
public class AccessKeyEntity {

  @Id public String id;
  public String name;

  @Column(name = "sealed_secret")
  public String sealedSecret;

  public boolean active;
  public String policy;

  @Column(name = "created_at")
  public Instant createdAt;
}
