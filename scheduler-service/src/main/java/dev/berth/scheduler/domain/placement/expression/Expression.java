package dev.berth.scheduler.domain.placement.expression;

import dev.berth.scheduler.domain.state.InstanceState;
import java.util.List;
import java.util.Set;

/** A condition on container instances. */
public sealed interface Expression {
  /** Whether the instance fulfils it. */
  boolean matches(InstanceState instance);

  /** All of them. */
  record And(List<Expression> parts) implements Expression {
    public And {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean matches(InstanceState instance) {
      return parts.stream().allMatch(part -> part.matches(instance));
    }
  }

  /** At least one of them. */
  record Or(List<Expression> parts) implements Expression {
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean matches(InstanceState instance) {
      return parts.stream().anyMatch(part -> part.matches(instance));
    }
  }

  /** The opposite. */
  record Not(Expression part) implements Expression {
    @Override
    public boolean matches(InstanceState instance) {
      return !part.matches(instance);
    }
  }

  /** The attribute is there, with any value or none. */
  record Exists(String attribute) implements Expression {
    @Override
    public boolean matches(InstanceState instance) {
      return instance.attributes().containsKey(attribute);
    }
  }

  /** The attribute has one of the values. */
  record In(String attribute, Set<String> values) implements Expression {
    public In {
      values = Set.copyOf(values);
    }

    @Override
    public boolean matches(InstanceState instance) {
      String value = instance.attributes().get(attribute);
      return value != null && values.contains(value);
    }
  }

  /** The instance holds a task of one of the groups. */
  record HoldsTaskOf(Set<String> groups) implements Expression {
    public HoldsTaskOf {
      groups = Set.copyOf(groups);
    }

    @Override
    public boolean matches(InstanceState instance) {
      return groups.stream().anyMatch(group -> instance.tasksOf(group) > 0);
    }
  }
}
