package dev.berth.api.domain.capacity;

import dev.berth.contracts.cluster.AutoScalingGroupProvider;
import dev.berth.contracts.taskdef.Tag;
import java.util.List;

/** A capacity provider to create (ECS: CreateCapacityProvider). */
public record CapacityProviderRequest(
    String name, AutoScalingGroupProvider autoScalingGroupProvider, List<Tag> tags) {}
