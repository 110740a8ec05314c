package dev.berth.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.task.TaskLifecycle;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskLifecycleTest {
  @Test
  void statusOnlyMovesForward() {
    List<String> wrong = new ArrayList<>();
    List<TaskLifecycle> order = List.of(TaskLifecycle.values());
    for (TaskLifecycle from : order) {
      for (TaskLifecycle to : order) {
        boolean later = order.indexOf(to) > order.indexOf(from);
        if (from.canBecome(to) != later) {
          wrong.add(from + " -> " + to);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void theDocsNameEachStateInItsOrder() throws IOException {
    String docs = Files.readString(CommittedFile.DOCS.resolve("task-lifecycle.md"), UTF_8);
    int position = docs.indexOf("<!-- states, in order -->");
    assertThat(position).isNotNegative();
    for (TaskLifecycle state : TaskLifecycle.values()) {
      int next = docs.indexOf("| `" + state + "` |", position);
      assertThat(next).as("%s has its row after the one before", state).isGreaterThan(position);
      position = next;
    }
  }
}
