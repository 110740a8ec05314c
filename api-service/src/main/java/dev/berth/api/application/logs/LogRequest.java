package dev.berth.api.application.logs;

import java.util.List;

/**
 * Which lines are asked for; absent members don't restrict.
 *
 * @param containers only lines of these containers; empty for all
 * @param follow whether to stay for what is yet to come
 * @param tail only so many of the newest lines of each container
 * @param since only lines from this time on, ISO 8601 or seconds since 1970
 */
public record LogRequest(List<String> containers, boolean follow, Integer tail, String since) {
  public LogRequest {
    containers = List.copyOf(containers);
  }
}
