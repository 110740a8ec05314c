package dev.berth.contracts.taskdef;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A name with its value, such as an environment variable (ECS: KeyValuePair). */
public record KeyValuePair(String name, @JsonInclude(JsonInclude.Include.NON_NULL) String value) {}
