package dev.berth.scheduler.domain.placement;

import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.scheduler.domain.state.InstanceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Instances that do, ordered by placement strategies. Leading {@code spread} strategies over
 * attributes make the levels of a tree: at each level the branch with the fewest tasks of the group
 * comes first. Within a leaf the other strategies decide. A changed instance changes one path only.
 *
 * <p>An order is either one group's own, which then knows its counts, or shared by all groups that
 * ask for the same; then the counts are given with each question.
 */
final class InstanceOrder {
  private final Predicate<InstanceState> member;
  private final String ownGroup;
  private final LongSupplier random;
  private final List<String> levels = new ArrayList<>();
  private final boolean spreadsInLeaf;
  private final boolean isRandom;
  private final Comparator<Leaf> leafOrder;
  private long question;
  private final Branch root = new Branch(0);
  private final Map<InstanceState, Leaf> leaves = new HashMap<>();

  /**
   * @param ownGroup the group whose order it is, or null for a shared one
   */
  InstanceOrder(
      Predicate<InstanceState> member,
      List<PlacementStrategy> strategies,
      String ownGroup,
      LongSupplier random) {
    this.member = member;
    this.ownGroup = ownGroup;
    this.random = random;
    int i = 0;
    while (i < strategies.size()
        && SpreadField.isSpread(strategies.get(i))
        && !SpreadField.isInstance(strategies.get(i).field())) {
      levels.add(strategies.get(i).field());
      i++;
    }
    List<PlacementStrategy> rest = strategies.subList(i, strategies.size());
    this.spreadsInLeaf = !rest.isEmpty() && SpreadField.isSpread(rest.getFirst());
    this.isRandom = rest.stream().anyMatch(s -> "random".equalsIgnoreCase(s.type()));
    this.leafOrder = orderBy(rest);
  }

  /** Whether a shared order can answer for these strategies. */
  static boolean isSharable(List<PlacementStrategy> strategies) {
    boolean spreadEnded = false;
    for (PlacementStrategy strategy : strategies) {
      boolean overAttribute =
          SpreadField.isSpread(strategy) && !SpreadField.isInstance(strategy.field());
      if (spreadEnded && SpreadField.isSpread(strategy)) {
        return false;
      }
      spreadEnded |= !overAttribute;
    }
    return true;
  }

  /** An instance is new or has changed. */
  void update(InstanceState instance) {
    Leaf leaf = leaves.computeIfAbsent(instance, Leaf::new);
    withdraw(leaf);
    boolean candidate = member.test(instance);
    int tasks = ownGroup == null ? 0 : instance.tasksOf(ownGroup);
    leaf.path.clear();
    Branch branch = root;
    for (String level : levels) {
      branch = branch.child(SpreadField.value(level, instance));
      leaf.path.add(branch);
    }
    leaf.freeCpu = instance.freeCpu();
    leaf.freeMemory = instance.freeMemory();
    leaf.groupTasks = tasks;
    leaf.random = isRandom ? random.getAsLong() : 0;
    leaf.candidate = candidate;
    enter(leaf, 1);
    if (candidate) {
      branch.leaves(leafOrder).add(leaf);
    }
  }

  private void withdraw(Leaf leaf) {
    if (leaf.path.isEmpty() && !levels.isEmpty()) {
      return; // new
    }
    Branch last = leaf.path.isEmpty() ? root : leaf.path.getLast();
    if (leaf.candidate) {
      last.leaves(leafOrder).remove(leaf);
    }
    enter(leaf, -1);
    leaf.candidate = false;
    leaf.groupTasks = 0;
    leaf.freeMemory = 0;
  }

  private static void enter(Leaf leaf, int times) {
    for (Branch branch : leaf.path) {
      branch.count += times * leaf.groupTasks;
      if (leaf.candidate) {
        branch.candidates += times;
        branch.freeMemory += times * leaf.freeMemory;
      }
    }
  }

  /**
   * The best candidate, or null.
   *
   * @param alsoMeets what else is required of it; one that doesn't is passed over
   * @param group whose tasks are spread
   * @param holders the instances that hold tasks of the group; not asked for in an own order
   */
  InstanceState best(
      Predicate<InstanceState> alsoMeets, String group, Collection<InstanceState> holders) {
    if (ownGroup == null && !levels.isEmpty()) {
      question++;
      for (InstanceState holder : holders) {
        Leaf leaf = leaves.get(holder);
        if (leaf != null) {
          count(leaf, holder.tasksOf(group));
        }
      }
    }
    return best(root, 0, alsoMeets, group);
  }

  private void count(Leaf leaf, int tasks) {
    for (Branch branch : leaf.path) {
      branch.asked = branch.question == question ? branch.asked + tasks : tasks;
      branch.question = question;
    }
  }

  private int tasksIn(Branch branch) {
    if (ownGroup != null) {
      return branch.count;
    }
    return branch.question == question ? branch.asked : 0;
  }

  private InstanceState best(
      Branch branch, int level, Predicate<InstanceState> alsoMeets, String group) {
    if (level == levels.size()) {
      return branch.leaves == null ? null : best(branch.leaves, alsoMeets, group);
    }
    List<Branch> open = new ArrayList<>();
    for (Branch child : branch.children.values()) {
      if (child.candidates > 0) {
        open.add(child);
      }
    }
    Comparator<Branch> order =
        Comparator.<Branch>comparingInt(this::tasksIn)
            .thenComparing(Comparator.<Branch>comparingLong(b -> b.freeMemory).reversed())
            .thenComparingInt(b -> b.position);
    while (!open.isEmpty()) {
      Branch next = open.stream().min(order).orElseThrow();
      InstanceState found = best(next, level + 1, alsoMeets, group);
      if (found != null) {
        return found;
      }
      open.remove(next);
    }
    return null;
  }

  private InstanceState best(
      SortedSet<Leaf> candidates, Predicate<InstanceState> alsoMeets, String group) {
    Leaf fewest = null;
    int least = Integer.MAX_VALUE;
    List<Leaf> stale = new ArrayList<>();
    for (Leaf leaf : candidates) {
      if (!alsoMeets.test(leaf.instance)) {
        if (!member.test(leaf.instance)) {
          stale.add(leaf);
        }
        continue;
      }
      if (ownGroup != null || !spreadsInLeaf) {
        fewest = leaf;
        break;
      }
      int tasks = leaf.instance.tasksOf(group);
      if (tasks < least) {
        least = tasks;
        fewest = leaf;
      }
      if (tasks == 0) {
        break;
      }
    }
    stale.forEach(leaf -> update(leaf.instance));
    return fewest == null ? null : fewest.instance;
  }

  private static Comparator<Leaf> orderBy(List<PlacementStrategy> strategies) {
    Comparator<Leaf> order = Comparator.comparingInt(leaf -> 0);
    boolean packs = false;
    for (PlacementStrategy strategy : strategies) {
      if (SpreadField.isSpread(strategy)) {
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
    private final List<Branch> path = new ArrayList<>(2);
    // Copies: an ordered set must not see its keys change.
    private long random;
    private long freeCpu;
    private long freeMemory;
    private int groupTasks;
    private boolean candidate;

    Leaf(InstanceState instance) {
      this.instance = instance;
    }
  }

  private static final class Branch {
    private final int position;
    private final Map<String, Branch> children = new HashMap<>();
    private TreeSet<Leaf> leaves;
    private int count;
    // What a shared order counted for the last question; the number of the question says which.
    private int asked;
    private long question;
    private int candidates;
    private long freeMemory;

    Branch(int position) {
      this.position = position;
    }

    Branch child(String value) {
      return children.computeIfAbsent(value, v -> new Branch(children.size()));
    }

    SortedSet<Leaf> leaves(Comparator<Leaf> order) {
      if (leaves == null) {
        leaves = new TreeSet<>(order);
      }
      return leaves;
    }
  }
}
