package dev.berth.contracts.taskdef;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the containers of a task see the network (ECS: TaskDefinition, {@code networkMode}). */
public enum NetworkMode {
  @JsonProperty("bridge")
  BRIDGE,
  @JsonProperty("host")
  HOST,
  @JsonProperty("awsvpc")
  AWSVPC,
  @JsonProperty("none")
  NONE
}
