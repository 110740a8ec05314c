package dev.berth.node.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.node.domain.task.Assignments;
import dev.berth.node.domain.task.TaskEffect;
import dev.berth.node.domain.task.TaskPolicy;
import dev.berth.node.domain.task.TaskState;
import dev.berth.node.domain.task.TaskTransitions;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class KeptNewsTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  private final SlowJournal journal = new SlowJournal();
  private final KeptNews news = new KeptNews(journal);
  private final List<TaskLifecycle> told = new ArrayList<>();
  private final TaskState stopping = state(TaskLifecycle.STOPPING);

  /** Asks for another report of its own, as the node's tasks do. */
  private final TaskActor actor =
      new TaskActor(
          stopping,
          new TaskTransitions(TaskPolicy.DEFAULT),
          Runnable::run,
          Clock.fixed(NOW, ZoneOffset.UTC),
          new TaskActor.Listener() {
            @Override
            public void changed(TaskActor changed, TaskState before, TaskState after) {}

            @Override
            public void perform(TaskActor asked, TaskEffect effect) {
              if (effect instanceof TaskEffect.Report) {
                tell(asked.state());
              }
            }

            @Override
            public void settled(TaskActor settled) {}
          });

  @Test
  void whatTheEngineCanShowAgainIsToldAtOnce() {
    tell(state(TaskLifecycle.RUNNING));

    assertThat(told).containsExactly(TaskLifecycle.RUNNING);
    assertThat(journal.asked).isEmpty();
  }

  @Test
  void pendingIsToldOnceTheJournalHasItAndThenItsEndWaitsAnew() {
    tell(state(TaskLifecycle.PENDING));
    assertThat(told).isEmpty();
    assertThat(journal.asked).hasSize(1);

    journal.written.complete(null);
    told.clear();
    tell(state(TaskLifecycle.PENDING));
    assertThat(told).containsExactly(TaskLifecycle.PENDING);

    tell(stopping);
    assertThat(journal.asked).hasSize(2);
  }

  @Test
  void stoppingIsToldOnceTheJournalHasIt() {
    tell(stopping);
    assertThat(told).isEmpty();
    assertThat(journal.asked).containsExactly(stopping);

    journal.written.complete(null);

    assertThat(told).containsExactly(TaskLifecycle.STOPPING);
  }

  @Test
  void untilThenItIsNeitherToldNorJournaledTwice() {
    tell(stopping);
    tell(stopping);

    assertThat(told).isEmpty();
    assertThat(journal.asked).hasSize(1);
  }

  @Test
  void afterwardsItIsToldAtOnce() {
    tell(stopping);
    journal.written.complete(null);

    tell(stopping);

    assertThat(told).containsExactly(TaskLifecycle.STOPPING, TaskLifecycle.STOPPING);
    assertThat(journal.asked).hasSize(1);
  }

  @Test
  void aJournalThatCannotBeWrittenHoldsNothingBack() {
    tell(stopping);

    journal.written.completeExceptionally(new IOException("disk full"));

    assertThat(told).containsExactly(TaskLifecycle.STOPPING);
  }

  @Test
  void anEndWithoutThatMayLeaveNoTraceAtTheEngineAndWaitsForTheJournalToo() {
    tell(state(TaskLifecycle.STOPPED));
    assertThat(told).isEmpty();

    journal.written.complete(null);
    told.clear();
    tell(state(TaskLifecycle.STOPPED));

    assertThat(told).containsExactly(TaskLifecycle.STOPPED);
  }

  @Test
  void aForgottenTaskBeginsAnew() {
    tell(stopping);
    journal.written.complete(null);
    news.forget("t-1");

    tell(stopping);

    assertThat(journal.asked).hasSize(2);
  }

  private static TaskState state(TaskLifecycle status) {
    return Assignments.inStatus("t-1", status, NOW);
  }

  private void tell(TaskState state) {
    news.tell(actor, state, () -> told.add(state.lastStatus()));
  }

  /** Writes when the test says so. */
  private static final class SlowJournal implements TaskJournal {
    private final List<TaskState> asked = new ArrayList<>();
    private final CompletableFuture<Void> written = new CompletableFuture<>();

    @Override
    public Contents contents() {
      return new Contents(List.of(), List.of());
    }

    @Override
    public void remember(TaskState state) {
      throw new AssertionError("That it stops has to be kept for good");
    }

    @Override
    public CompletionStage<Void> rememberDurably(TaskState state) {
      asked.add(state);
      return written;
    }

    @Override
    public void finish(TaskStatus last) {
      throw new AssertionError("It isn't over");
    }
  }
}
