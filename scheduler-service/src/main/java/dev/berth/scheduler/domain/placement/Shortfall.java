package dev.berth.scheduler.domain.placement;

/**
 * Why one instance doesn't do.
 *
 * @param code ECS's code, such as {@code RESOURCE:MEMORY}
 * @param closest what ECS says of the closest matching instance
 * @param detail what the task needs and the instance lacks
 * @param temporary whether the instance may do later without anybody changing it
 */
public record Shortfall(String code, String closest, String detail, boolean temporary) {}
