package dev.berth.node.adapter.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.contracts.task.TaskStatus;
import dev.berth.node.domain.task.Assignments;
import dev.berth.node.domain.task.TaskState;
import dev.berth.node.domain.task.TaskStatuses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The journal in a file")
class FileTaskJournalTest {
  @TempDir Path directory;

  private static TaskState task(String id) {
    return TaskState.accepted(Assignments.running(id, "i1", "{\"name\":\"app\"}"), false);
  }

  private FileTaskJournal open() {
    return new FileTaskJournal(directory, forced -> {});
  }

  @Test
  void givesBackTheNewestStateOfEachTask() {
    // Given
    try (FileTaskJournal journal = open()) {
      journal.remember(task("a"));
      journal.remember(task("b"));
      journal.remember(task("a"));
    }
    // When
    try (FileTaskJournal journal = open()) {
      // Then
      assertThat(journal.contents().tasks())
          .extracting(TaskState::taskId)
          .containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void tellsWhenItsWriterDied() {
    // Given a journal whose writer meets a defect
    try (FileTaskJournal journal =
        new FileTaskJournal(
            directory,
            forced -> {
              throw new IllegalStateException("a defect");
            })) {
      assertThat(journal.isWriting()).isTrue();
      // When it writes
      var unused = journal.rememberDurably(task("a"));
      // Then it doesn't pretend to go on
      await().dontCatchUncaughtExceptions().until(() -> !journal.isWriting());
    }
  }

  @Test
  void keepsHowATaskEndedOnceItsStateIsForgotten() {
    // Given
    TaskStatus last = TaskStatuses.of(task("a"), "i", 7, "127.0.0.1");
    try (FileTaskJournal journal = open()) {
      journal.remember(task("a"));
      journal.finish(last);
    }
    // When
    try (FileTaskJournal journal = open()) {
      // Then
      assertThat(journal.contents().tasks()).isEmpty();
      assertThat(journal.contents().finished()).containsExactly(last);
    }
  }

  @Test
  void aFileCutShortAnywhereGivesWhatIsWholeBeforeTheCut() throws IOException {
    // Given
    Path file = directory.resolve("tasks.journal");
    try (FileTaskJournal journal = open()) {
      journal.rememberDurably(task("a")).toCompletableFuture().join();
    }
    long first = Files.size(file);
    try (FileTaskJournal journal = open()) {
      journal.rememberDurably(task("b")).toCompletableFuture().join();
    }
    byte[] whole = Files.readAllBytes(file);
    for (int cut = (int) first; cut < whole.length; cut += 7) {
      Files.write(file, java.util.Arrays.copyOf(whole, cut));
      // When
      try (FileTaskJournal journal = open()) {
        // Then
        assertThat(journal.contents().tasks())
            .as("cut at %d", cut)
            .extracting(TaskState::taskId)
            .containsExactly("a");
      }
    }
  }

  @Test
  void anotherByteInTheLastEntryIsNoticed() throws IOException {
    // Given
    Path file = directory.resolve("tasks.journal");
    try (FileTaskJournal journal = open()) {
      journal.remember(task("a"));
      journal.remember(task("b"));
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 20] ^= 1;
    Files.write(file, bytes);
    // When
    try (FileTaskJournal journal = open()) {
      // Then
      assertThat(journal.contents().tasks()).extracting(TaskState::taskId).containsExactly("a");
      assertThat(directory.resolve("tasks.journal.damaged")).exists();
    }
  }

  @Test
  void manyTasksAtOncePayForFewForces() {
    // Given
    AtomicInteger forces = new AtomicInteger();
    int tasks = 500;
    try (FileTaskJournal journal =
        new FileTaskJournal(directory, forced -> forces.incrementAndGet())) {
      // When
      List<CompletableFuture<Void>> durable = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        durable.add(journal.rememberDurably(task("t" + i)).toCompletableFuture());
      }
      CompletableFuture.allOf(durable.toArray(CompletableFuture[]::new)).join();
      // Then
      assertThat(forces.get()).isLessThan(tasks / 2);
    }
  }

  @Test
  void doesNotGrowForEver() throws IOException {
    // Given
    try (FileTaskJournal journal = open()) {
      // When
      for (int i = 0; i < 20_000; i++) {
        journal.remember(task("same"));
      }
    }
    // Then
    assertThat(Files.size(directory.resolve("tasks.journal"))).isLessThan(9L * 1024 * 1024);
  }
}
