package dev.berth.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.standalone.RefusedException;
import dev.berth.standalone.demo.ApiClient;
import java.util.Set;
import java.util.TreeSet;

/** Container instances as the API shows them: a node that is ready may not be one of them yet. */
final class ConnectedInstances {
  private static final String PATH = "/v1/clusters/default/container-instances?maxResults=100";
  private static final Set<String> KNOWN = Set.of("ACTIVE", "DRAINING");

  private final ApiClient api;

  ConnectedInstances(ApiClient api) {
    this.api = api;
  }

  /** Those of {@code names} on which nothing can be placed yet, drained ones not counted. */
  Set<String> missing(Set<String> names) {
    Set<String> missing = new TreeSet<>(names);
    String nextToken = null;
    do {
      JsonNode page = api.get(nextToken == null ? PATH : PATH + "&nextToken=" + nextToken);
      for (JsonNode instance : page.path("containerInstances")) {
        if (KNOWN.contains(instance.path("status").asText())
            && instance.path("agentConnected").asBoolean()) {
          missing.remove(instance.path("name").asText());
        }
      }
      nextToken = page.path("nextToken").asText(null);
    } while (nextToken != null && !missing.isEmpty());
    return missing;
  }

  /** Whether all of {@code names} are there; an API that can't answer yet doesn't know them. */
  boolean areThere(Set<String> names) {
    try {
      return missing(names).isEmpty();
    } catch (RefusedException e) {
      return false;
    }
  }
}
