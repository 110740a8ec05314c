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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Follows the public events; a quiet stream carries comments, so that no proxy closes it. */
@Path("/v1/events")
@Tag(name = "Events")
public class EventsResource {
  private static final Duration QUIET = Duration.ofSeconds(15);
  private static final long RECONNECT_MILLIS = 2_000;

  private final EventFeed feed;

  public EventsResource(EventFeed feed) {
    this.feed = feed;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
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
  public Multi<OutboundSseEvent> follow(
      @Parameter(description = "Only events of this cluster (name or ARN)") @QueryParam("cluster")
          String cluster,
      @Parameter(description = "The id of the last event seen") @HeaderParam("Last-Event-ID")
          String lastEventId,
      @Context Sse sse) {
    String only = cluster == null || cluster.isBlank() ? null : Arns.shortName(cluster);
    Multi<OutboundSseEvent> happened =
        feed.follow(position(lastEventId), only, QUIET)
            .onItem()
            .transformToIterable(page -> events(page, sse));
    OutboundSseEvent greeting =
        sse.newEventBuilder().comment("following").reconnectDelay(RECONNECT_MILLIS).build();
    return Multi.createBy().concatenating().streams(Multi.createFrom().item(greeting), happened);
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

  private static List<OutboundSseEvent> events(List<StoredEvent> page, Sse sse) {
    if (page.isEmpty()) {
      return List.of(sse.newEventBuilder().comment("quiet").build());
    }
    return page.stream().map(stored -> event(stored, sse)).toList();
  }

  private static OutboundSseEvent event(StoredEvent stored, Sse sse) {
    return sse.newEventBuilder()
        .id(Long.toString(stored.position()))
        .data(new String(EventJson.write(stored.event()), StandardCharsets.UTF_8))
        .build();
  }
}
