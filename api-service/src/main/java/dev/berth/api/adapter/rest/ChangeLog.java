package dev.berth.api.adapter.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Logs every request that changes something, with the names of what it changes. */
public class ChangeLog {
  private static final Logger LOG = Logger.getLogger("dev.berth.api.changes");
  private static final Map<String, String> NAMES =
      Map.of(
          "cluster", "cluster",
          "service", "serviceName",
          "task", "taskId",
          "containerInstance", "containerInstanceId",
          "targetGroup", "targetGroup",
          "loadBalancer", "loadBalancer");

  @ServerResponseFilter
  void log(ContainerRequestContext request, ContainerResponseContext response) {
    if (HttpMethod.GET.equals(request.getMethod())) {
      return;
    }
    Map<String, List<String>> parameters = request.getUriInfo().getPathParameters();
    NAMES.forEach(
        (parameter, name) -> {
          if (parameters.containsKey(parameter)) {
            MDC.put(name, parameters.get(parameter).getFirst());
          }
        });
    LOG.infof(
        "%s %s: %d", request.getMethod(), request.getUriInfo().getPath(), response.getStatus());
    NAMES.values().forEach(MDC::remove);
  }
}
