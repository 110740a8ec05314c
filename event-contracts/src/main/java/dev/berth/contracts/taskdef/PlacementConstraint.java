package dev.berth.contracts.taskdef;

/** Where tasks may run (ECS: PlacementConstraint): distinctInstance, or memberOf an expression. */
public record PlacementConstraint(String type, String expression) {}
