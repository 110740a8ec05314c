package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.application.access.AccessKeyDescription;
import dev.berth.api.application.access.ChangeAccessKeys;
import dev.berth.api.application.access.PolicyDocument;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Access keys. */
@Path("/v1/access-keys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
public class AccessKeysResource {
  /** All access keys. */
  public record AccessKeyList(
      @JsonInclude(JsonInclude.Include.ALWAYS) List<AccessKeyDescription> accessKeys) {}

  /** Whom a key is for, and what it may do. */
  public record AccessKeyRequest(String userName, PolicyDocument policy) {}

  /** What changes; what is absent stays. */
  public record AccessKeyUpdate(AccessKeyDescription.Status status, PolicyDocument policy) {}

  private final ChangeAccessKeys keys;

  public AccessKeysResource(ChangeAccessKeys keys) {
    this.keys = keys;
  }

  @POST
  @ResponseStatus(201)
  @Operation(
      operationId = "createAccessKey",
      summary = "Make an access key",
      description =
          "For the AWS CLI, the AWS SDKs and Terraform. The answer has the secret, which can't be"
              + " shown again. The policy is an IAM policy: Version, and statements with Effect,"
              + " Action and Resource.")
  public Uni<AccessKeyDescription> create(AccessKeyRequest request) {
    return keys.create(request.userName(), request.policy());
  }

  @GET
  @Operation(operationId = "listAccessKeys", summary = "List the access keys")
  public Uni<AccessKeyList> list() {
    return keys.list().map(AccessKeyList::new);
  }

  @GET
  @Path("{accessKeyId}")
  @Operation(operationId = "describeAccessKey", summary = "Describe an access key")
  public Uni<AccessKeyDescription> describe(@RestPath String accessKeyId) {
    return keys.describe(accessKeyId);
  }

  @PATCH
  @Path("{accessKeyId}")
  @Operation(
      operationId = "updateAccessKey",
      summary = "Disable or enable an access key, or change its policy")
  public Uni<AccessKeyDescription> update(@RestPath String accessKeyId, AccessKeyUpdate update) {
    return keys.change(accessKeyId, update.status(), update.policy());
  }

  @DELETE
  @Path("{accessKeyId}")
  @Operation(operationId = "deleteAccessKey", summary = "Delete an access key")
  public Uni<AccessKeyDescription> delete(@RestPath String accessKeyId) {
    return keys.delete(accessKeyId);
  }
}
