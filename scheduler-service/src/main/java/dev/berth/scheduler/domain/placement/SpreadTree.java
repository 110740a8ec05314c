package dev.berth.scheduler.domain.placement;

import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.scheduler.domain.IdSource;
import dev.berth.scheduler.domain.state.InstanceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Candidates ordered by placement strategies. Leading {@code spread} strategies make the levels of
 * a tree: at each level the branch with the fewest tasks of the group comes first. Within a leaf
 * the other strategies decide. Placing a task changes one path only, so that the next best is found
 * in logarithmic time however many instances there are.
 */
final class SpreadTree {
  private final String group;
  private final List<String> levels = new ArrayList<>();
  private final Comparator<Leaf> leafOrder;
  private final IdSource ids;
  private final Branch root = new Branch(0);
  private final Map<InstanceState, Leaf> leaves = new HashMap<>();

  SpreadTree(List<PlacementStrategy> strategies, String group, IdSource ids) {
    this.group = group;
    this.ids = ids;
    int i = 0;
    while (i < strategies.size() && isSpread(strategies.get(i))) {
      levels.add(strategies.get(i).field());
      i++;
    }
    this.leafOrder = orderBy(strategies.subList(i, strategies.size()));
  }

  /** Adds a candidate. */
  void add(InstanceState instance) {
    Leaf leaf = new Leaf(instance, ids.nextRandom());
    Branch branch = root;
    for (String level : levels) {
      branch = branch.child(value(level, instance));
      branch.freeMemory += instance.freeMemory();
      leaf.path.add(branch);
    }
    leaves.put(instance, leaf);
    leaf.note(group);
    branch.leaves(leafOrder).add(leaf);
  }

  /** Counts the group's tasks per branch, those on instances that are no candidates included. */
  void count(Collection<InstanceState> instances) {
    for (InstanceState instance : instances) {
      int tasks = instance.tasksOf(group);
      Branch branch = root;
      for (int i = 0; i < levels.size() && branch != null && tasks > 0; i++) {
        branch = branch.children.get(value(levels.get(i), instance));
        if (branch != null) {
          branch.count += tasks;
        }
      }
    }
    root.order();
  }

  /** The best candidate, or null. */
  InstanceState best() {
    Branch branch = root;
    while (branch.leaves == null) {
      if (branch.ordered.isEmpty()) {
        return null;
      }
      branch = branch.ordered.first();
    }
    return branch.leaves.isEmpty() ? null : branch.leaves.first().instance;
  }

  /** A task was placed on a candidate, which may not be one any more. */
  void placed(InstanceState instance, boolean stillCandidate) {
    Leaf leaf = leaves.get(instance);
    Branch last = leaf.path.isEmpty() ? root : leaf.path.getLast();
    last.leaves.remove(leaf);
    long taken = leaf.freeMemory - instance.freeMemory();
    leaf.note(group);
    if (stillCandidate) {
      last.leaves.add(leaf);
    }
    Branch parent = root;
    for (Branch branch : leaf.path) {
      parent.ordered.remove(branch);
      branch.count++;
      branch.freeMemory -= taken;
      parent.ordered.add(branch);
      parent = branch;
    }
    for (int i = leaf.path.size() - 1; i >= 0 && leaf.path.get(i).isEmpty(); i--) {
      (i == 0 ? root : leaf.path.get(i - 1)).ordered.remove(leaf.path.get(i));
    }
  }

  private static boolean isSpread(PlacementStrategy strategy) {
    return "spread".equalsIgnoreCase(strategy.type());
  }

  private static String value(String field, InstanceState instance) {
    return field != null && field.startsWith("attribute:")
        ? instance.attributes().getOrDefault(field.substring("attribute:".length()), "")
        : instance.id();
  }

  private static Comparator<Leaf> orderBy(List<PlacementStrategy> strategies) {
    Comparator<Leaf> order = Comparator.comparingInt(leaf -> 0);
    boolean packs = false;
    for (PlacementStrategy strategy : strategies) {
      if (isSpread(strategy)) {
        order = order.thenComparingInt(leaf -> leaf.groupTasks);
      } else if ("binpack".equalsIgnoreCase(strategy.type())) {
        packs = true;
        order =
            "cpu".equalsIgnoreCase(strategy.field())
                ? order.thenComparingLong(leaf -> leaf.freeCpu)
                : order.thenComparingLong(leaf -> leaf.freeMemory);
      } else {
        packs = true;
        order = order.thenComparingLong(leaf -> leaf.random);
      }
    }
    if (!packs) {
      order = order.thenComparing(Comparator.comparingLong((Leaf l) -> l.freeMemory).reversed());
    }
    return order.thenComparing(leaf -> leaf.instance.id());
  }

  private static final class Leaf {
    private final InstanceState instance;
    private final long random;
    private final List<Branch> path = new ArrayList<>(2);
    // Copies: an ordered set must not see its keys change.
    private long freeCpu;
    private long freeMemory;
    private int groupTasks;

    Leaf(InstanceState instance, long random) {
      this.instance = instance;
      this.random = random;
    }

    void note(String group) {
      freeCpu = instance.freeCpu();
      freeMemory = instance.freeMemory();
      groupTasks = instance.tasksOf(group);
    }
  }

  private static final class Branch {
    private final int position;
    private final Map<String, Branch> children = new HashMap<>();
    private final TreeSet<Branch> ordered =
        new TreeSet<>(
            Comparator.<Branch>comparingInt(b -> b.count)
                .thenComparing(Comparator.comparingLong((Branch b) -> b.freeMemory).reversed())
                .thenComparingInt(b -> b.position));
    private TreeSet<Leaf> leaves;
    private int count;
    private long freeMemory;

    Branch(int position) {
      this.position = position;
    }

    Branch child(String childValue) {
      return children.computeIfAbsent(childValue, v -> new Branch(children.size()));
    }

    SortedSet<Leaf> leaves(Comparator<Leaf> order) {
      if (leaves == null) {
        leaves = new TreeSet<>(order);
      }
      return leaves;
    }

    boolean isEmpty() {
      return leaves == null ? ordered.isEmpty() : leaves.isEmpty();
    }

    void order() {
      for (Branch child : children.values()) {
        child.order();
        ordered.add(child);
      }
    }
  }
}
