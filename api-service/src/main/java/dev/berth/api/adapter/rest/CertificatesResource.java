package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.application.Page;
import dev.berth.api.application.certificate.ManageCertificates;
import dev.berth.api.domain.certificate.CertificateDescription;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Certificates that HTTPS and TLS listeners show. Their keys come in and never go out. */
@Path("/v1/certificates")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Certificates")
public class CertificatesResource {
  /** A page of certificates. */
  public record CertificateList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<CertificateDescription> certificates,
      String nextToken) {}

  private final ManageCertificates certificates;

  public CertificatesResource(ManageCertificates certificates) {
    this.certificates = certificates;
  }

  @POST
  @ResponseStatus(201)
  @Operation(
      operationId = "importCertificate",
      summary = "Import a certificate with its key",
      description =
          "PEM texts. With certificateArn the certificate is replaced, and its listeners show the"
              + " new one at once. The key is kept sealed with the installation's key.")
  public Uni<CertificateDescription> importCertificate(ManageCertificates.ImportRequest request) {
    return certificates.importCertificate(request);
  }

  @GET
  @Operation(operationId = "listCertificates", summary = "List the certificates")
  public Uni<CertificateList> list(@RestQuery Integer maxResults, @RestQuery String nextToken) {
    return certificates
        .list(Page.Request.of(maxResults, nextToken))
        .map(page -> new CertificateList(page.items(), page.nextToken()));
  }

  @GET
  @Path("{certificate:.+}")
  @Operation(operationId = "describeCertificate", summary = "Describe a certificate by its ARN")
  public Uni<CertificateDescription> describe(@RestPath String certificate) {
    return certificates.describe(certificate);
  }

  @DELETE
  @Path("{certificate:.+}")
  @Operation(
      operationId = "deleteCertificate",
      summary = "Delete a certificate that no listener shows")
  public Uni<Void> delete(@RestPath String certificate) {
    return certificates.delete(certificate);
  }
}
