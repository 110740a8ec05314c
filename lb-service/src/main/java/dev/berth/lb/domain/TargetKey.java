package dev.berth.lb.domain;

/** What identifies a target: its group and its id within the group. */
public record TargetKey(String targetGroupArn, String targetId) {}
