package dev.berth.contracts.taskdef;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The transport protocol of a port mapping. */
public enum Protocol {
  @JsonProperty("tcp")
  TCP,
  @JsonProperty("udp")
  UDP
}
