package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.Certificates;
import dev.berth.api.domain.certificate.StoredCertificate;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Certificates in PostgreSQL. */
@ApplicationScoped
public class PostgresCertificates extends NamedDocuments<CertificateEntity, StoredCertificate>
    implements Certificates {
  public PostgresCertificates() {
    super("arn");
  }

  @Override
  StoredCertificate document(CertificateEntity row) {
    return row.document;
  }

  @Override
  public Uni<Void> put(StoredCertificate certificate) {
    String arn = certificate.desired().certificateArn();
    return findById(arn)
        .chain(
            row -> {
              if (row != null) {
                row.document = certificate;
                return flush();
              }
              CertificateEntity made = new CertificateEntity();
              made.arn = arn;
              made.document = certificate;
              return persistAndFlush(made).replaceWithVoid();
            });
  }
}
