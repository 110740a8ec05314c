package dev.berth.api.domain.instance;

import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.query.ClusterQuery;
import dev.berth.contracts.query.InstanceFacts;
import dev.berth.contracts.query.QueryBudgetException;
import dev.berth.contracts.query.UnreadableQueryException;
import dev.berth.contracts.taskdef.Attribute;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A filter of container instances in the cluster query language (ECS: ListContainerInstances). */
public final class InstanceQuery {
  private final ClusterQuery query;

  private InstanceQuery(ClusterQuery query) {
    this.query = query;
  }

  /**
   * Reads a filter.
   *
   * @throws ProblemException InvalidParameterException saying where it stops making sense
   */
  public static InstanceQuery parse(String filter) {
    try {
      return new InstanceQuery(ClusterQuery.parse(filter));
    } catch (UnreadableQueryException e) {
      throw ProblemException.invalid(
          "filter", "isn't of the cluster query language: " + e.getMessage());
    }
  }

  /** Whether an instance fulfils it; one whose text takes too long to match doesn't. */
  public boolean matches(ContainerInstanceDescription instance, Collection<String> taskGroups) {
    try {
      return query.matches(new Facts(instance, taskGroups));
    } catch (QueryBudgetException e) {
      return false;
    }
  }

  private static final class Facts implements InstanceFacts {
    private final ContainerInstanceDescription instance;
    private final Collection<String> taskGroups;
    private final Map<String, Attribute> attributes;

    Facts(ContainerInstanceDescription instance, Collection<String> taskGroups) {
      this.instance = instance;
      this.taskGroups = taskGroups;
      this.attributes =
          instance.attributes().stream()
              .collect(Collectors.toMap(Attribute::name, Function.identity(), (one, two) -> two));
    }

    @Override
    public String attribute(String name) {
      Attribute attribute = attributes.get(name);
      return attribute == null ? null : attribute.value() == null ? "" : attribute.value();
    }

    @Override
    public boolean agentConnected() {
      return instance.agentConnected();
    }

    @Override
    public String agentVersion() {
      return instance.versionInfo() == null ? null : instance.versionInfo().agentVersion();
    }

    @Override
    public String ec2InstanceId() {
      return instance.ec2InstanceId();
    }

    @Override
    public Instant registeredAt() {
      return instance.registeredAt();
    }

    @Override
    public int runningTasksCount() {
      return instance.runningTasksCount();
    }

    @Override
    public Collection<String> taskGroups() {
      return taskGroups;
    }
  }
}
