package dev.berth.contracts.service;

/** Whether tasks move when zones get out of balance (ECS: availabilityZoneRebalancing). */
public enum AvailabilityZoneRebalancing {
  ENABLED,
  DISABLED
}
