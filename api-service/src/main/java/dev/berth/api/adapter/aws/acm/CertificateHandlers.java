package dev.berth.api.adapter.aws.acm;

import dev.berth.api.adapter.aws.AwsService;
import dev.berth.api.adapter.aws.OperationHandlers;
import dev.berth.api.adapter.aws.ServiceModel;
import dev.berth.api.application.Page;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.certificate.ManageCertificates;
import dev.berth.api.domain.certificate.CertificateDescription;
import dev.berth.api.domain.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.AddTagsToCertificateRequest;
import software.amazon.awssdk.services.acm.model.AddTagsToCertificateResponse;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateOptions;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.DeleteCertificateRequest;
import software.amazon.awssdk.services.acm.model.DeleteCertificateResponse;
import software.amazon.awssdk.services.acm.model.DescribeCertificateRequest;
import software.amazon.awssdk.services.acm.model.DescribeCertificateResponse;
import software.amazon.awssdk.services.acm.model.GetCertificateRequest;
import software.amazon.awssdk.services.acm.model.GetCertificateResponse;
import software.amazon.awssdk.services.acm.model.ImportCertificateRequest;
import software.amazon.awssdk.services.acm.model.ImportCertificateResponse;
import software.amazon.awssdk.services.acm.model.ListCertificatesRequest;
import software.amazon.awssdk.services.acm.model.ListCertificatesResponse;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateRequest;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateResponse;
import software.amazon.awssdk.services.acm.model.RemoveTagsFromCertificateRequest;
import software.amazon.awssdk.services.acm.model.RemoveTagsFromCertificateResponse;
import software.amazon.awssdk.services.acm.model.Tag;

/** Imported certificates. */
@ApplicationScoped
public class CertificateHandlers implements OperationHandlers {
  /** AWS Certificate Manager, API version 2015-12-08. */
  public static final AwsService ACM =
      new AwsService(
          "acm", AwsService.Protocol.JSON, "CertificateManager", ServiceModel.of(AcmClient.class));

  private final ManageCertificates certificates;

  public CertificateHandlers(ManageCertificates certificates) {
    this.certificates = certificates;
  }

  @Override
  public AwsService service() {
    return ACM;
  }

  @Override
  public void register(Registry registry) {
    registry.on(ImportCertificateRequest.class, one -> arns(one.certificateArn()), this::importing);
    registry.on(
        DescribeCertificateRequest.class, one -> arns(one.certificateArn()), this::describe);
    registry.on(GetCertificateRequest.class, one -> arns(one.certificateArn()), this::get);
    registry.on(ListCertificatesRequest.class, this::list);
    registry.on(DeleteCertificateRequest.class, one -> arns(one.certificateArn()), this::delete);
    registry.on(ListTagsForCertificateRequest.class, one -> arns(one.certificateArn()), this::tags);
    registry.on(
        AddTagsToCertificateRequest.class, one -> arns(one.certificateArn()), this::addTags);
    registry.on(
        RemoveTagsFromCertificateRequest.class,
        one -> arns(one.certificateArn()),
        this::removeTags);
  }

  private static List<String> arns(String arn) {
    return arn == null ? List.of("*") : List.of(arn);
  }

  private static String required(String arn) {
    if (arn == null || arn.isBlank()) {
      throw ProblemException.refused("ValidationException", "CertificateArn is required");
    }
    return arn;
  }

  private Uni<ImportCertificateResponse> importing(
      ImportCertificateRequest request, Caller caller) {
    return certificates
        .importCertificate(
            new ManageCertificates.ImportRequest(
                request.certificateArn(),
                text(request.certificate()),
                text(request.privateKey()),
                text(request.certificateChain()),
                domain(request.tags())))
        .map(
            made ->
                ImportCertificateResponse.builder().certificateArn(made.certificateArn()).build());
  }

  private static String text(SdkBytes bytes) {
    return bytes == null ? null : bytes.asString(StandardCharsets.UTF_8);
  }

  private Uni<DescribeCertificateResponse> describe(
      DescribeCertificateRequest request, Caller caller) {
    return certificates
        .describe(required(request.certificateArn()))
        .map(one -> DescribeCertificateResponse.builder().certificate(detail(one)).build());
  }

  private static CertificateDetail detail(CertificateDescription one) {
    return CertificateDetail.builder()
        .certificateArn(one.certificateArn())
        .domainName(one.domainName())
        .subjectAlternativeNames(one.subjectAlternativeNames())
        .serial(one.serial())
        .subject(one.subject())
        .issuer(one.issuer())
        .createdAt(one.createdAt())
        .importedAt(one.importedAt())
        .status(one.status())
        .notBefore(one.notBefore())
        .notAfter(one.notAfter())
        .keyAlgorithm(one.keyAlgorithm())
        .signatureAlgorithm(one.signatureAlgorithm())
        .inUseBy(one.inUseBy())
        .type(one.type())
        .renewalEligibility(one.renewalEligibility())
        .options(
            CertificateOptions.builder()
                .certificateTransparencyLoggingPreference("DISABLED")
                .build())
        .build();
  }

  private Uni<GetCertificateResponse> get(GetCertificateRequest request, Caller caller) {
    return certificates
        .get(required(request.certificateArn()))
        .map(
            one ->
                GetCertificateResponse.builder()
                    .certificate(one.certificate())
                    .certificateChain(one.certificateChain())
                    .build());
  }

  private Uni<ListCertificatesResponse> list(ListCertificatesRequest request, Caller caller) {
    Integer most = request.maxItems();
    return certificates
        .list(Page.Request.of(most == null ? null : Math.min(most, 100), request.nextToken()))
        .map(
            page ->
                ListCertificatesResponse.builder()
                    .certificateSummaryList(
                        page.items().stream()
                            .filter(
                                one ->
                                    request.certificateStatusesAsStrings().isEmpty()
                                        || request
                                            .certificateStatusesAsStrings()
                                            .contains(one.status()))
                            .map(CertificateHandlers::summary)
                            .toList())
                    .nextToken(page.nextToken())
                    .build());
  }

  private static CertificateSummary summary(CertificateDescription one) {
    return CertificateSummary.builder()
        .certificateArn(one.certificateArn())
        .domainName(one.domainName())
        .subjectAlternativeNameSummaries(one.subjectAlternativeNames())
        .status(one.status())
        .type(one.type())
        .keyAlgorithm(one.keyAlgorithm())
        .inUse(!one.inUseBy().isEmpty())
        .renewalEligibility(one.renewalEligibility())
        .notBefore(one.notBefore())
        .notAfter(one.notAfter())
        .createdAt(one.createdAt())
        .importedAt(one.importedAt())
        .build();
  }

  private Uni<DeleteCertificateResponse> delete(DeleteCertificateRequest request, Caller caller) {
    return certificates
        .delete(required(request.certificateArn()))
        .replaceWith(DeleteCertificateResponse.builder().build());
  }

  private Uni<ListTagsForCertificateResponse> tags(
      ListTagsForCertificateRequest request, Caller caller) {
    return certificates
        .tags(required(request.certificateArn()))
        .map(
            all ->
                ListTagsForCertificateResponse.builder()
                    .tags(
                        all.stream()
                            .map(tag -> Tag.builder().key(tag.key()).value(tag.value()).build())
                            .toList())
                    .build());
  }

  private Uni<AddTagsToCertificateResponse> addTags(
      AddTagsToCertificateRequest request, Caller caller) {
    return certificates
        .addTags(required(request.certificateArn()), domain(request.tags()))
        .replaceWith(AddTagsToCertificateResponse.builder().build());
  }

  private Uni<RemoveTagsFromCertificateResponse> removeTags(
      RemoveTagsFromCertificateRequest request, Caller caller) {
    return certificates
        .removeTags(required(request.certificateArn()), domain(request.tags()))
        .replaceWith(RemoveTagsFromCertificateResponse.builder().build());
  }

  private static List<dev.berth.contracts.taskdef.Tag> domain(List<Tag> tags) {
    return tags.stream()
        .map(tag -> new dev.berth.contracts.taskdef.Tag(tag.key(), tag.value()))
        .toList();
  }
}
