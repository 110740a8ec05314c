package dev.berth.node.adapter.rest;

import dev.berth.node.domain.container.LogRequest;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a reader of logs asks for, read from the URL: "container" may be repeated; "follow" and
 * "timestamps" are true or false; "tail" is a number of lines from 0; "since" is in ISO 8601 or
 * seconds since 1970.
 *
 * @param containers names; empty for all
 * @param timestamps whether each line is given with its time
 */
record LogQuery(Set<String> containers, LogRequest request, boolean timestamps) {
  /** A parameter that can't be read. */
  static final class BadQueryException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String field;

    BadQueryException(String field, String message) {
      super(message);
      this.field = field;
    }

    String field() {
      return field;
    }
  }

  private static final Set<String> KNOWN =
      Set.of("container", "follow", "tail", "since", "timestamps");

  static LogQuery parse(MultiMap parameters) throws BadQueryException {
    List<String> unknown = new ArrayList<>(parameters.names());
    unknown.removeAll(KNOWN);
    if (!unknown.isEmpty()) {
      throw new BadQueryException(unknown.getFirst(), "is not a parameter of this resource");
    }
    Set<String> containers = new HashSet<>(parameters.getAll("container"));
    containers.remove("");
    return new LogQuery(
        containers,
        new LogRequest(flag(parameters, "follow", false), tail(parameters), since(parameters)),
        flag(parameters, "timestamps", true));
  }

  private static boolean flag(MultiMap parameters, String name, boolean absent)
      throws BadQueryException {
    String text = parameters.get(name);
    if (text == null) {
      return absent;
    }
    return switch (text) {
      // "?follow" alone is how people ask.
      case "", "true" -> true;
      case "false" -> false;
      default -> throw new BadQueryException(name, "must be true or false");
    };
  }

  private static Integer tail(MultiMap parameters) throws BadQueryException {
    String text = parameters.get("tail");
    if (text == null || text.isEmpty() || "all".equals(text)) {
      return null;
    }
    try {
      int tail = Integer.parseInt(text);
      if (tail >= 0) {
        return tail;
      }
    } catch (NumberFormatException e) {
      throw new BadQueryException("tail", "must be a whole number, 0 and up");
    }
    throw new BadQueryException("tail", "must be a whole number, 0 and up");
  }

  private static Instant since(MultiMap parameters) throws BadQueryException {
    String text = parameters.get("since");
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      Instant since =
          text.chars().allMatch(Character::isDigit)
              ? Instant.ofEpochSecond(Long.parseLong(text))
              : Instant.parse(text);
      if (since.getEpochSecond() >= 0 && since.getEpochSecond() <= Integer.MAX_VALUE) {
        return since;
      }
    } catch (DateTimeException | NumberFormatException e) {
      throw new BadQueryException("since", "must be an ISO 8601 time or seconds since 1970");
    }
    throw new BadQueryException("since", "must lie between 1970 and 2038");
  }
}
