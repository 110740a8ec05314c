package dev.berth.node.domain.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.node.domain.container.ContainerRunState;
import dev.berth.node.domain.container.ContainerSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random tasks on an engine in memory, with answers that come late, twice or never, containers that
 * end by themselves or are removed by someone, and a node that is killed at any step and goes on
 * from its journal, of which it may have lost all that wasn't durable.
 */
@DisplayName("Whatever happens, no container runs twice and no status moves back")
class OneOffRunsOncePropertyTest {
  private static final int STEPS = 120;

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void holds(long seed) {
    World world = new World(new Random(seed));
    world.begin();
    for (int i = 0; i < STEPS; i++) {
      world.step();
    }
    world.stopTask();
    world.quiesce();
    assertThat(world.state.lastStatus()).as("seed %d", seed).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(world.alive()).as("seed %d: nothing runs on", seed).isEmpty();
  }

  private static final class World {
    private final Random random;
    private final TaskTransitions transitions = new TaskTransitions(TaskPolicy.DEFAULT);
    private final Map<String, ContainerSnapshot> engine = new HashMap<>();
    private final Map<String, Integer> runs = new HashMap<>();
    private final List<TaskEffect> toDo = new ArrayList<>();
    private final List<TaskEvent> told = new ArrayList<>();
    private final List<byte[]> journal = new ArrayList<>();
    private int durable;
    private TaskState state;
    private TaskLifecycle reported = TaskLifecycle.PROVISIONING;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    World(Random random) {
      this.random = random;
      this.state = TaskState.accepted(task(random), false);
    }

    private static TaskAssigned task(Random random) {
      int count = 1 + random.nextInt(4);
      List<String> containers = new ArrayList<>();
      String[] conditions = {"START", "COMPLETE", "SUCCESS"};
      for (int i = 0; i < count; i++) {
        List<String> dependencies = new ArrayList<>();
        for (int j = 0; j < i; j++) {
          if (random.nextInt(3) == 0) {
            dependencies.add(
                "{\"containerName\":\"c%d\",\"condition\":\"%s\"}"
                    .formatted(j, conditions[random.nextInt(conditions.length)]));
          }
        }
        boolean essential = i == count - 1 || random.nextInt(4) == 0;
        containers.add(
            "{\"name\":\"c%d\",\"essential\":%b,\"dependsOn\":[%s]}"
                .formatted(i, essential, String.join(",", dependencies)));
      }
      return Assignments.running("0123", "i1", String.join(",", containers));
    }

    void begin() {
      tell(new TaskEvent.TimePassed());
    }

    void step() {
      now = now.plusMillis(1 + random.nextInt(50));
      switch (random.nextInt(12)) {
        case 0 -> crash();
        case 1 -> endOne(random.nextInt(3));
        case 2 -> removeOne();
        case 3 -> repeatOne();
        case 4, 5, 6, 7 -> performOne();
        default -> hearOne();
      }
    }

    void stopTask() {
      tell(new TaskEvent.Assigned(Assignments.stopped(state.assigned(), "end of the test")));
    }

    void quiesce() {
      while (!toDo.isEmpty() || !told.isEmpty()) {
        now = now.plusMillis(1);
        if (toDo.isEmpty()) {
          tell(told.remove(0));
        } else {
          perform(toDo.remove(0));
        }
      }
    }

    List<String> alive() {
      return engine.entrySet().stream()
          .filter(entry -> entry.getValue().state() == ContainerRunState.RUNNING)
          .map(Map.Entry::getKey)
          .toList();
    }

    private void tell(TaskEvent event) {
      Transition transition = transitions.apply(state, event, now);
      state = transition.state();
      journal.add(EventJson.write(state));
      toDo.addAll(transition.effects());
      // A report leaves at once; the rest waits for its turn.
      if (toDo.remove(new TaskEffect.Report())) {
        assertThat(state.lastStatus()).isGreaterThanOrEqualTo(reported);
        reported = state.lastStatus();
      }
    }

    private void performOne() {
      if (!toDo.isEmpty()) {
        perform(toDo.remove(random.nextInt(toDo.size())));
      }
    }

    private void hearOne() {
      if (!told.isEmpty()) {
        tell(told.remove(random.nextInt(told.size())));
      }
    }

    private void repeatOne() {
      if (!told.isEmpty()) {
        told.add(told.get(random.nextInt(told.size())));
      }
    }

    private void perform(TaskEffect effect) {
      switch (effect) {
        case TaskEffect.PullImage e -> told.add(new TaskEvent.ImageReady(e.container(), null));
        case TaskEffect.Journal e -> {
          durable = journal.size();
          told.add(new TaskEvent.Journaled(e.containers()));
        }
        case TaskEffect.Create e -> {
          assertThat(engine).as("created twice").doesNotContainKey(e.container());
          put(e.container(), ContainerRunState.CREATED, null, null, null);
          told.add(new TaskEvent.Created(e.container(), e.container()));
        }
        case TaskEffect.Start e -> start(e.container());
        case TaskEffect.Stop e -> {
          end(e.container(), 143);
          look(e.container());
        }
        case TaskEffect.CleanUp e -> {
          engine.clear();
          told.add(new TaskEvent.CleanedUp());
        }
        case TaskEffect.StartHolder e -> throw new AssertionError("no holder here");
        case TaskEffect.StopHolder e -> throw new AssertionError("no holder here");
        case TaskEffect.Report e -> throw new AssertionError("reports leave at once");
        case TaskEffect.Forget e -> {
          // Nothing is left to look at.
        }
      }
    }

    private void start(String container) {
      ContainerSnapshot snapshot = engine.get(container);
      if (snapshot == null) {
        told.add(new TaskEvent.Vanished(container));
        return;
      }
      if (snapshot.state() == ContainerRunState.CREATED) {
        runs.merge(container, 1, Integer::sum);
        put(container, ContainerRunState.RUNNING, null, now, null);
      }
      assertThat(runs.getOrDefault(container, 0))
          .as("runs of %s", container)
          .isLessThanOrEqualTo(1);
      told.add(
          new TaskEvent.Started(
              container, container, List.of(), engine.get(container).startedAt()));
      look(container);
    }

    private void endOne(int exitCode) {
      List<String> alive = alive();
      if (!alive.isEmpty()) {
        String container = alive.get(random.nextInt(alive.size()));
        end(container, exitCode);
        look(container);
      }
    }

    private void removeOne() {
      if (!engine.isEmpty() && random.nextInt(4) == 0) {
        String container = new ArrayList<>(engine.keySet()).get(random.nextInt(engine.size()));
        engine.remove(container);
        runs.merge(container, 0, Integer::sum);
        if (random.nextBoolean()) {
          told.add(new TaskEvent.Vanished(container));
        }
      }
    }

    private void end(String container, int exitCode) {
      ContainerSnapshot snapshot = engine.get(container);
      if (snapshot != null && snapshot.state() == ContainerRunState.RUNNING) {
        put(container, ContainerRunState.EXITED, exitCode, snapshot.startedAt(), now);
      }
    }

    private void look(String container) {
      ContainerSnapshot snapshot = engine.get(container);
      if (snapshot == null) {
        told.add(new TaskEvent.Vanished(container));
      } else if (snapshot.state() == ContainerRunState.EXITED) {
        told.add(
            new TaskEvent.Exited(
                container,
                snapshot.exitCode(),
                false,
                snapshot.startedAt(),
                snapshot.finishedAt()));
      }
    }

    /**
     * The process dies: what it was doing and hearing is lost, and the end of its journal may be.
     */
    private void crash() {
      toDo.clear();
      told.clear();
      if (durable == 0 && random.nextBoolean()) {
        journal.clear();
        state = TaskState.accepted(state.assigned(), false);
        reported = TaskLifecycle.PROVISIONING;
        assertThat(engine).as("containers without a durable journal").isEmpty();
        begin();
        return;
      }
      if (journal.isEmpty()) {
        return;
      }
      int kept = Math.max(1, durable + random.nextInt(journal.size() - durable + 1));
      state = EventJson.read(journal.get(kept - 1), TaskState.class).restored();
      // After a loss of the journal's end a status may be told that is behind one told before: the
      // engine's truth is what brings it forward again.
      reported = kept == journal.size() ? reported : TaskLifecycle.PROVISIONING;
      tell(new TaskEvent.Observed(engine, null));
    }

    private void put(
        String name, ContainerRunState run, Integer exitCode, Instant started, Instant finished) {
      engine.put(
          name,
          new ContainerSnapshot(
              name,
              name,
              "image",
              "sha256:1",
              run,
              exitCode,
              false,
              null,
              null,
              List.of(),
              null,
              null,
              Map.of(),
              now,
              started,
              finished));
    }
  }
}
