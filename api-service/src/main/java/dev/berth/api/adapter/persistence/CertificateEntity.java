package dev.berth.api.adapter.persistence;

import dev.berth.api.domain.certificate.StoredCertificate;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code certificates}; the private key in it is sealed. */
@Entity(name = "Certificate")
@Table(name = "certificates")
public class CertificateEntity {

  @Id public String arn;

  @JdbcTypeCode(SqlTypes.JSON)
  public StoredCertificate document;
}
