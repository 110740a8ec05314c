package dev.berth.contracts.task;

/**
 * One reason why instances were ruled out: an ECS code such as {@code RESOURCE:MEMORY}, {@code
 * RESOURCE:CPU}, {@code RESOURCE:PORTS}, {@code ATTRIBUTE}, {@code AGENT}, {@code MemberOf
 * placement constraint unsatisfied.}; a sentence; and how many instances it ruled out.
 */
public record RefusalReason(String code, String detail, int instances) {}
