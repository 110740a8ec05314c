package dev.berth.contracts.query;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A part of a query. */
sealed interface Condition {
  boolean matches(InstanceFacts instance);

  record And(List<Condition> parts) implements Condition {
    public And {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean matches(InstanceFacts instance) {
      for (Condition part : parts) {
        if (!part.matches(instance)) {
          return false;
        }
      }
      return true;
    }
  }

  record Or(List<Condition> parts) implements Condition {
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean matches(InstanceFacts instance) {
      for (Condition part : parts) {
        if (part.matches(instance)) {
          return true;
        }
      }
      return false;
    }
  }

  record Not(Condition part) implements Condition {
    @Override
    public boolean matches(InstanceFacts instance) {
      return !part.matches(instance);
    }
  }

  /** The attribute is there, with any value or none. */
  record Exists(String attribute) implements Condition {
    @Override
    public boolean matches(InstanceFacts instance) {
      return instance.attribute(attribute) != null;
    }
  }

  /** One of the subject's values passes; a subject without a value fulfils nothing. */
  record AnyValue(Subject subject, Predicate<String> test) implements Condition {
    @Override
    public boolean matches(InstanceFacts instance) {
      Collection<String> values = subject.values(instance);
      for (String value : values) {
        if (test.test(value)) {
          return true;
        }
      }
      return false;
    }
  }

  static Condition in(Subject subject, Set<String> values) {
    Set<String> wanted = Set.copyOf(values);
    return new AnyValue(subject, wanted::contains);
  }
}
