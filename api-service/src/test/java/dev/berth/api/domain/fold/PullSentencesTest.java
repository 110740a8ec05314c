package dev.berth.api.domain.fold;

import static dev.berth.api.domain.fold.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.service.ServiceEvent;
import dev.berth.contracts.task.ImagePull;
import dev.berth.contracts.task.ImagePullState;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import org.junit.jupiter.api.Test;

class PullSentencesTest {
  private static final ImagePull BEGUN =
      new ImagePull(ImagePullState.PULLING, "pulling image web:1", NOON);
  private static final ImagePull HALF =
      new ImagePull(
          ImagePullState.PULLING, "pulling image web:1: 2 of 4 layers", NOON.plusSeconds(10));
  private static final ImagePull DONE =
      new ImagePull(ImagePullState.PULLED, "pulled image web:1", NOON.plusSeconds(17));

  @Test
  void eachNewWordIsASentenceOfTheService() {
    assertThat(PullSentences.of(null, status("t1", BEGUN)))
        .extracting(ServiceEvent::message)
        .containsExactly("(service web) (task t1) (container app) is pulling image web:1.");
    assertThat(PullSentences.of(status("t1", BEGUN), status("t1", HALF)))
        .extracting(ServiceEvent::message)
        .containsExactly(
            "(service web) (task t1) (container app) is pulling image web:1: 2 of 4 layers.");
    assertThat(PullSentences.of(status("t1", HALF), status("t1", DONE)))
        .extracting(ServiceEvent::message)
        .containsExactly("(service web) (task t1) (container app) has pulled image web:1.");
  }

  @Test
  void whatWasSaidIsNotSaidAgain() {
    assertThat(PullSentences.of(status("t1", DONE), status("t1", DONE))).isEmpty();
    assertThat(PullSentences.of(null, status("t1", null))).isEmpty();
  }

  @Test
  void tasksThatWaitForTheSamePullSayItOnce() {
    assertThat(PullSentences.of(null, status("t2", BEGUN)).getFirst().id())
        .isEqualTo(PullSentences.of(null, status("t1", BEGUN)).getFirst().id());
  }

  @Test
  void aFailureIsToldByTheScheduler() {
    ImagePull failed = new ImagePull(ImagePullState.FAILED, "CannotPullContainerError: no", NOON);

    assertThat(PullSentences.of(status("t1", BEGUN), status("t1", failed))).isEmpty();
  }

  private static TaskStatus status(String taskId, ImagePull pull) {
    return Records.status(
        taskId, 1, TaskLifecycle.PENDING, "web", "service-1", "installation", pull);
  }
}
