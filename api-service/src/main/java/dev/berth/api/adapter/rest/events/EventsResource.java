package dev.berth.api.adapter.rest.events;

import dev.berth.api.application.events.EventFeed;
import dev.berth.api.application.events.StoredEvent;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import dev.berth.contracts.EventJson;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * Follows the public events. Written as bytes rather than by the framework's events, because a
 * quiet stream carries comment lines that keep proxies from closing it.
 */
@Path("/v1/events")
@Tag(name = "Events")
public class EventsResource {
  private static final Duration QUIET = Duration.ofSeconds(15);
  private static final byte[] GREETING = utf8("retry: 2000\n: following\n\n");
  private static final byte[] STILL_THERE = utf8(": quiet\n\n");

  private final EventFeed feed;

  public EventsResource(EventFeed feed) {
    this.feed = feed;
  }

  @GET
  @Produces(MediaType.WILDCARD)
  @Operation(
      operationId = "followEvents",
      summary = "Follow public events",
      description =
          "Server-sent events in the shapes that EventBridge gives ECS's events. Send the id of the"
              + " last event seen as Last-Event-ID to go on after it; 0 begins with the oldest event"
              + " that is kept (7 days). Without it the stream begins now.")
  @APIResponse(
      responseCode = "200",
      description = "The events, for as long as the client stays",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = String.class)))
  public RestMulti<byte[]> follow(
      @Parameter(description = "Only events of this cluster (name or ARN)") @QueryParam("cluster")
          String cluster,
      @Parameter(description = "The id of the last event seen") @HeaderParam("Last-Event-ID")
          String lastEventId) {
    String only = cluster == null || cluster.isBlank() ? null : Arns.shortName(cluster);
    Multi<byte[]> chunks =
        feed.follow(position(lastEventId), only, QUIET).map(EventsResource::chunk);
    Multi<byte[]> stream =
        Multi.createBy().concatenating().streams(Multi.createFrom().item(GREETING), chunks);
    return RestMulti.fromMultiData(stream)
        .header(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("X-Accel-Buffering", "no")
        .build();
  }

  private static Long position(String lastEventId) {
    if (lastEventId == null || lastEventId.isBlank()) {
      return null;
    }
    try {
      long position = Long.parseLong(lastEventId.trim());
      if (position >= 0) {
        return position;
      }
    } catch (NumberFormatException e) {
      throw unknownPosition(lastEventId);
    }
    throw unknownPosition(lastEventId);
  }

  private static ProblemException unknownPosition(String lastEventId) {
    return ProblemException.invalid(
        "Last-Event-ID", "'" + lastEventId + "' is not the id of an event");
  }

  private static byte[] chunk(List<StoredEvent> events) {
    if (events.isEmpty()) {
      return STILL_THERE;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(events.size() * 1024);
    for (StoredEvent stored : events) {
      out.writeBytes(utf8("id: " + stored.position() + "\ndata: "));
      out.writeBytes(EventJson.write(stored.event()));
      out.writeBytes(utf8("\n\n"));
    }
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
