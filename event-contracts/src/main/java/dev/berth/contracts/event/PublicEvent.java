package dev.berth.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A public event. Written by api-service to {@code berth.events.v1}. {@code detailType} is "ECS
 * Task State Change", "ECS Service Action", "ECS Deployment State Change" or "ECS Container
 * Instance State Change"; {@code detail} is what the API would answer for the resource.
 */
public record PublicEvent(
    String id,
    String detailType,
    String source,
    String account,
    String region,
    Instant time,
    List<String> resources,
    Map<String, Object> detail) {
  public PublicEvent {
    resources = resources == null ? List.of() : List.copyOf(resources);
  }
}
