package dev.berth.contracts.taskdef;

import java.util.List;

/** Linux capabilities beyond, or short of, Docker's default (ECS: KernelCapabilities). */
public record KernelCapabilities(List<String> add, List<String> drop) {
  public KernelCapabilities {
    add = Lists.of(add);
    drop = Lists.of(drop);
  }
}
