package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.application.access.ChangeTokens;
import dev.berth.api.application.access.PolicyDocument;
import dev.berth.api.application.access.TokenDescription;
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

/** Bearer tokens. */
@Path("/v1/tokens")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
public class TokensResource {
  /** All tokens. */
  public record TokenList(@JsonInclude(JsonInclude.Include.ALWAYS) List<TokenDescription> tokens) {}

  /** Whom a token is for, and what it may do. */
  public record TokenRequest(String userName, PolicyDocument policy) {}

  private final ChangeTokens tokens;

  public TokensResource(ChangeTokens tokens) {
    this.tokens = tokens;
  }

  @POST
  @ResponseStatus(201)
  @Operation(
      operationId = "createToken",
      summary = "Make a bearer token",
      description =
          "The answer has the token, which can't be shown again: only its digest is kept.")
  public Uni<TokenDescription> create(TokenRequest request) {
    return tokens.create(request.userName(), request.policy());
  }

  @GET
  @Operation(operationId = "listTokens", summary = "List the bearer tokens")
  public Uni<TokenList> list() {
    return tokens.list().map(TokenList::new);
  }

  @DELETE
  @Path("{tokenId}")
  @Operation(operationId = "deleteToken", summary = "Delete a bearer token")
  public Uni<TokenDescription> delete(@RestPath String tokenId) {
    return tokens.delete(tokenId);
  }
}
