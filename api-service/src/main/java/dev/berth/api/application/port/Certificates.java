package dev.berth.api.application.port;

import dev.berth.api.domain.certificate.StoredCertificate;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Certificates with their sealed keys. */
public interface Certificates {
  Uni<Optional<StoredCertificate>> lock(String arn);

  Uni<List<StoredCertificate>> find(Collection<String> arns);

  Uni<List<StoredCertificate>> list(String after, int limit);

  /** Adds a certificate, or replaces the one of the same ARN. */
  Uni<Void> put(StoredCertificate certificate);

  Uni<Void> remove(String arn);
}
