package dev.berth.contracts.query;

import java.time.Instant;
import java.util.Collection;

/** What a query may ask of a container instance. */
public interface InstanceFacts {
  /** An attribute's value: an empty text where it has none, null where it is absent. */
  String attribute(String name);

  boolean agentConnected();

  /** The version of the node, or null. */
  String agentVersion();

  /** The machine's own id, or null. */
  String ec2InstanceId();

  /** When it registered, or null. */
  Instant registeredAt();

  int runningTasksCount();

  /** The groups of the tasks it holds. */
  Collection<String> taskGroups();
}
