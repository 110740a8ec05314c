package dev.berth.api.adapter.rest;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** What the OpenAPI document says of the API as a whole. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Berth",
            version = "1",
            description =
                "Amazon ECS for machines you own: the words and field names of ECS, oriented by"
                    + " resource. Times are ISO 8601; absent members are omitted; errors are"
                    + " problem documents (RFC 9457) that name each wrong member.",
            license = @License(name = "Apache 2.0", identifier = "Apache-2.0")),
    security = @SecurityRequirement(name = ApiDocument.BEARER),
    components =
        @Components(
            schemas = @Schema(name = ApiDocument.PROBLEM, implementation = Problem.class),
            securitySchemes =
                @SecurityScheme(
                    securitySchemeName = ApiDocument.BEARER,
                    type = SecuritySchemeType.HTTP,
                    scheme = "bearer",
                    description = "The token in the credentials file, or one made later.")))
public final class ApiDocument {
  static final String BEARER = "bearer";
  static final String PROBLEM = "Problem";

  private ApiDocument() {}
}
