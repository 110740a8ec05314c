package dev.berth.contracts.taskdef;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A tag on a resource (ECS: Tag): key up to 128 characters, value up to 256. */
public record Tag(String key, @JsonInclude(JsonInclude.Include.NON_NULL) String value) {}
