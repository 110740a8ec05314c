package dev.berth.contracts.taskdef;

/** A tag on a resource (ECS: Tag): key up to 128 characters, value up to 256. */
public record Tag(String key, String value) {}
