package dev.berth.api.application;

import dev.berth.api.domain.problem.Failure;
import java.util.List;

/** What was found of several named things, and what became of the others. */
public record Described<T>(List<T> items, List<Failure> failures) {}
