package dev.berth.contracts.loadbalancer;

/** A target group and its weight of 0 to 999 (ELBv2: TargetGroupTuple); 0 gets no new requests. */
public record TargetGroupTuple(String targetGroupArn, int weight) {}
