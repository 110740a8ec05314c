package dev.berth.scheduler.domain.world;

import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetDesiredState;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.contracts.loadbalancer.TargetStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A load balancer that finds its targets healthy and drains what it is told to. */
public final class FakeBalancer {
  private final World world;
  private final Map<String, TargetDesired> targets = new LinkedHashMap<>();
  private final Map<String, TargetHealthState> states = new LinkedHashMap<>();
  private final Set<String> broken = new HashSet<>();
  private boolean up = true;

  FakeBalancer(World world) {
    this.world = world;
  }

  void receive(String key, TargetDesired target) {
    if (target == null) {
      targets.remove(key);
    } else {
      targets.put(key, target);
    }
  }

  public Map<String, TargetDesired> targets() {
    return targets;
  }

  /** It says nothing any more. */
  public void dies() {
    up = false;
  }

  /** A task's target fails its checks from now on. */
  public void breaks(String taskId) {
    broken.add(taskId);
  }

  /** Does one step for each target; tells whether there was any. */
  public boolean step() {
    if (!up) {
      return false;
    }
    boolean worked = false;
    for (Map.Entry<String, TargetDesired> entry : List.copyOf(targets.entrySet())) {
      TargetHealthState state = states.get(entry.getKey());
      TargetHealthState next = next(entry.getValue(), state);
      if (next != state) {
        states.put(entry.getKey(), next);
        publish(entry.getValue(), next);
        worked = true;
      }
    }
    for (String key : new ArrayList<>(states.keySet())) {
      if (!targets.containsKey(key)) {
        states.remove(key);
        world.tombstone(Topic.TARGET_STATUS, key + "|lb-1");
        worked = true;
      }
    }
    return worked;
  }

  private TargetHealthState next(TargetDesired target, TargetHealthState state) {
    if (target.state() == TargetDesiredState.DRAINING) {
      return state == TargetHealthState.DRAINING || state == TargetHealthState.DRAINED
          ? TargetHealthState.DRAINED
          : TargetHealthState.DRAINING;
    }
    if (state == null) {
      return TargetHealthState.INITIAL;
    }
    return broken.contains(target.taskId())
        ? TargetHealthState.UNHEALTHY
        : TargetHealthState.HEALTHY;
  }

  private void publish(TargetDesired target, TargetHealthState state) {
    world.publish(
        new TargetStatus(
            target.targetGroupArn(),
            target.targetId(),
            "lb-1",
            world.nextVersion(),
            target.cluster(),
            target.taskId(),
            state,
            null,
            null,
            world.now(),
            target.host(),
            target.port(),
            target.availabilityZone()));
  }

  /** Writes everything again, as after an emptied log. */
  public void reportAll() {
    states.forEach(
        (key, state) -> {
          TargetDesired target = targets.get(key);
          if (target != null) {
            publish(target, state);
          }
        });
  }

  static String key(TargetDesired target) {
    return Keys.target(target.targetGroupArn(), target.targetId());
  }
}
