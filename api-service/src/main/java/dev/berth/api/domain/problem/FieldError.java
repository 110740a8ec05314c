package dev.berth.api.domain.problem;

/**
 * A wrong member of a request.
 *
 * @param field its path, such as {@code containerDefinitions[0].portMappings[1].containerPort}
 * @param message what it should have been, as a sentence
 */
public record FieldError(String field, String message) {}
