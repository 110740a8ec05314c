package dev.berth.node.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.contracts.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatestRecordsTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final RefusingSink sink = new RefusingSink();
  private final LatestRecords records = new LatestRecords(sink, new Versions(1), timer);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void aRefusedRecordIsWrittenAgainInItsNewestState() {
    CompletableFuture<Void> first = sink.willAnswer();
    write("pending");
    write("running");

    first.completeExceptionally(new IllegalStateException("an old epoch"));

    await().until(() -> records.waiting() == 0);
    assertThat(sink.values()).containsExactly("pending@1", "running@2");
  }

  @Test
  void aRefusedRecordThatIsStillTheNewestIsWrittenAgainUntilTheLogHasIt() {
    CompletableFuture<Void> first = sink.willAnswer();
    CompletableFuture<Void> second = sink.willAnswer();
    write("running");

    first.completeExceptionally(new IllegalStateException("an old epoch"));
    second.completeExceptionally(new IllegalStateException("an old epoch"));

    await().until(() -> records.waiting() == 0);
    assertThat(sink.values()).containsExactly("running@1", "running@2", "running@3");
  }

  @Test
  void aSinkThatThrowsLosesNothing() {
    sink.willThrow(new IllegalStateException("the channel is closed"));

    write("running");

    await().until(() -> records.waiting() == 0);
    assertThat(sink.values()).containsExactly("running@2");
  }

  @Test
  void aRefusedTombstoneIsWrittenAgain() {
    CompletableFuture<Void> first = sink.willAnswer();
    records.delete(Topic.TASK_STATUS, "task", "default");

    first.completeExceptionally(new IllegalStateException("an old epoch"));

    await().until(() -> records.waiting() == 0);
    assertThat(sink.values()).containsExactly("null", "null");
  }

  private void write(String state) {
    records.write(Topic.TASK_STATUS, "task", "default", version -> state + "@" + version);
  }

  /** Takes records as it is told to; what it isn't told about it takes at once. */
  private static final class RefusingSink implements EventSink {
    private final List<String> values = new ArrayList<>();
    private final Deque<CompletableFuture<Void>> answers = new ArrayDeque<>();
    private RuntimeException thrown;

    @Override
    public synchronized CompletionStage<Void> send(
        Topic topic, String key, String partitionKey, Object value) {
      if (thrown != null) {
        RuntimeException once = thrown;
        thrown = null;
        throw once;
      }
      values.add(String.valueOf(value));
      return answers.isEmpty() ? CompletableFuture.completedFuture(null) : answers.poll();
    }

    synchronized CompletableFuture<Void> willAnswer() {
      CompletableFuture<Void> answer = new CompletableFuture<>();
      answers.add(answer);
      return answer;
    }

    synchronized void willThrow(RuntimeException e) {
      thrown = e;
    }

    synchronized List<String> values() {
      return List.copyOf(values);
    }
  }
}
