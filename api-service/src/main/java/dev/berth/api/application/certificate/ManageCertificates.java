package dev.berth.api.application.certificate;

import dev.berth.api.application.Page;
import dev.berth.api.application.loadbalancer.LoadBalancerChanges;
import dev.berth.api.application.port.Certificates;
import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.LoadBalancingTags;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.certificate.CertificateDescription;
import dev.berth.api.domain.certificate.StoredCertificate;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.Arns;
import dev.berth.contracts.loadbalancer.CertificateDesired;
import dev.berth.contracts.secret.InstallationKey;
import dev.berth.contracts.taskdef.Tag;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** ImportCertificate, DescribeCertificate, GetCertificate, ListCertificates, DeleteCertificate. */
@ApplicationScoped
public class ManageCertificates {
  private final Transactions transactions;
  private final Certificates certificates;
  private final LoadBalancers loadBalancers;
  private final LoadBalancerChanges changes;
  private final LoadBalancingTags tags;
  private final InstallationKey key;
  private final Identity identity;
  private final InstantSource clock;

  public ManageCertificates(
      Transactions transactions,
      Certificates certificates,
      LoadBalancers loadBalancers,
      LoadBalancerChanges changes,
      LoadBalancingTags tags,
      InstallationKey key,
      Identity identity,
      InstantSource clock) {
    this.transactions = transactions;
    this.certificates = certificates;
    this.loadBalancers = loadBalancers;
    this.changes = changes;
    this.tags = tags;
    this.key = key;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * What to import (ACM: ImportCertificate).
   *
   * @param certificateArn the certificate to replace: its listeners show the new one at once
   * @param certificate PEM
   * @param privateKey PEM, unencrypted; it is kept sealed and never given away again
   * @param certificateChain PEM, or absent
   */
  public record ImportRequest(
      String certificateArn,
      String certificate,
      String privateKey,
      String certificateChain,
      List<Tag> tags) {
    /** Says nothing of the key. */
    @Override
    public String toString() {
      return "ImportRequest[" + certificateArn + "]";
    }
  }

  /** Imports a certificate, or another one in place of one that is there. */
  public Uni<CertificateDescription> importCertificate(ImportRequest request) {
    Violations found = new Violations();
    Tags.check("tags", request.tags(), found);
    found.require(
        request.certificateArn() == null || request.tags() == null || request.tags().isEmpty(),
        "tags",
        "can't be set when a certificate is imported again");
    found.throwIfAny();
    if (!key.isPresent()) {
      throw ProblemException.unsupported(
          "Certificates can't be kept: no installation key is configured"
              + " (berth.secrets-key-file).");
    }
    CertificateReading.Read read =
        CertificateReading.read(request.certificate(), request.privateKey());
    List<X509Certificate> chain = CertificateReading.chain(request.certificateChain());
    String arn =
        request.certificateArn() == null
            ? Arns.certificate(
                identity.region(), identity.accountId(), UUID.randomUUID().toString())
            : request.certificateArn();
    return transactions.inTransaction(
        () ->
            certificates
                .lock(arn)
                .map(
                    present -> {
                      if (present.isEmpty() && request.certificateArn() != null) {
                        throw missing(arn);
                      }
                      return stored(arn, read, chain, request, present);
                    })
                .call(certificates::put)
                .call(() -> changes.certificateChanged(arn))
                .call(
                    () ->
                        request.certificateArn() != null || request.tags() == null
                            ? Uni.createFrom().voidItem()
                            : tags.put(arn, request.tags()))
                .chain(this::described));
  }

  private StoredCertificate stored(
      String arn,
      CertificateReading.Read read,
      List<X509Certificate> chain,
      ImportRequest request,
      Optional<StoredCertificate> present) {
    X509Certificate certificate = read.certificate();
    Instant now = clock.instant();
    return new StoredCertificate(
        new CertificateDesired(
            arn,
            request.certificate().strip() + "\n",
            chain.isEmpty() ? null : request.certificateChain().strip() + "\n",
            key.seal(read.privateKeyPem(), "certificate/" + arn),
            CertificateReading.domainNames(
                certificate, certificate.getSubjectX500Principal().getName()),
            certificate.getNotBefore().toInstant(),
            certificate.getNotAfter().toInstant()),
        certificate.getSubjectX500Principal().getName(),
        certificate.getIssuerX500Principal().getName(),
        CertificateReading.serial(certificate.getSerialNumber()),
        CertificateReading.keyAlgorithm(certificate.getPublicKey()),
        certificate.getSigAlgName().toUpperCase(Locale.ROOT),
        present.map(StoredCertificate::createdAt).orElse(now),
        now);
  }

  public Uni<CertificateDescription> describe(String arn) {
    return transactions.reading(() -> found(arn).chain(this::described));
  }

  /** The certificate itself and its chain; never the key. */
  public Uni<CertificateDesired> get(String arn) {
    return transactions.reading(() -> found(arn).map(StoredCertificate::desired));
  }

  public Uni<Page<CertificateDescription>> list(Page.Request request) {
    return transactions.reading(
        () ->
            certificates
                .list(request.after(), request.probe())
                .chain(
                    found ->
                        Multi.createFrom()
                            .iterable(found)
                            .onItem()
                            .transformToUniAndConcatenate(this::described)
                            .collect()
                            .asList())
                .map(found -> Page.of(found, request, CertificateDescription::certificateArn)));
  }

  /** Deletes a certificate that no listener shows. */
  public Uni<Void> delete(String arn) {
    return transactions.inTransaction(
        () ->
            certificates
                .lock(arn)
                .map(found -> found.orElseThrow(() -> missing(arn)))
                .chain(() -> loadBalancers.showing(arn))
                .invoke(
                    using -> {
                      if (!using.isEmpty()) {
                        throw ProblemException.conflict(
                            "ResourceInUseException",
                            "Certificate "
                                + arn
                                + " is in use by load balancers: "
                                + String.join(", ", using));
                      }
                    })
                .chain(() -> tags.remove(arn))
                .chain(() -> certificates.remove(arn)));
  }

  public Uni<List<Tag>> tags(String arn) {
    return transactions.reading(
        () ->
            found(arn)
                .chain(() -> tags.find(List.of(arn)))
                .map(all -> all.getOrDefault(arn, List.of())));
  }

  /** Adds tags; one of a key that is there replaces its value. */
  public Uni<Void> addTags(String arn, List<Tag> added) {
    Violations found = new Violations();
    Tags.check("tags", added, found);
    found.throwIfAny();
    return changeTags(
        arn,
        present -> {
          Map<String, Tag> byKey = new LinkedHashMap<>();
          present.forEach(tag -> byKey.put(tag.key(), tag));
          added.forEach(tag -> byKey.put(tag.key(), tag));
          return List.copyOf(byKey.values());
        });
  }

  public Uni<Void> removeTags(String arn, List<Tag> removed) {
    return changeTags(
        arn,
        present ->
            present.stream()
                .filter(tag -> removed.stream().noneMatch(one -> one.key().equals(tag.key())))
                .toList());
  }

  private Uni<Void> changeTags(String arn, UnaryOperator<List<Tag>> change) {
    return transactions.inTransaction(
        () -> tags(arn).chain(present -> tags.put(arn, change.apply(present))));
  }

  private Uni<CertificateDescription> described(StoredCertificate certificate) {
    return loadBalancers
        .showing(certificate.desired().certificateArn())
        .chain(
            names ->
                Multi.createFrom()
                    .iterable(names)
                    .onItem()
                    .transformToUniAndConcatenate(loadBalancers::find)
                    .collect()
                    .asList())
        .map(
            using ->
                CertificateDescription.of(
                    certificate,
                    using.stream()
                        .flatMap(Optional::stream)
                        .map(balancer -> balancer.loadBalancerArn())
                        .toList(),
                    clock.instant()));
  }

  private Uni<StoredCertificate> found(String arn) {
    return certificates
        .find(List.of(arn))
        .map(found -> found.stream().findFirst().orElseThrow(() -> missing(arn)));
  }

  private static ProblemException missing(String arn) {
    return ProblemException.notFound(
        "ResourceNotFoundException", "Could not find certificate " + arn + ".");
  }
}
