package dev.berth.node.adapter.docker;

import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.model.Frame;
import dev.berth.node.application.ContainerEngine.Subscription;
import dev.berth.node.domain.container.LogLine;
import dev.berth.node.domain.container.LogRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One running read of a container's log. */
final class ContainerLogStream extends StreamCallback<Frame> implements Subscription {
  private final LogLines lines;

  private ContainerLogStream(LogRequest request, Consumer<LogLine> sink) {
    // Docker takes whole seconds only.
    lines =
        new LogLines(
            line -> {
              boolean wanted =
                  request.since() == null
                      || line.timestamp() == null
                      || !line.timestamp().isBefore(request.since());
              if (wanted) {
                sink.accept(line);
              }
            });
  }

  static ContainerLogStream start(
      DockerConnection docker, String containerId, LogRequest request, Consumer<LogLine> sink) {
    LogContainerCmd command =
        docker
            .patient()
            .logContainerCmd(containerId)
            .withStdOut(true)
            .withStdErr(true)
            .withTimestamps(true)
            .withFollowStream(request.follow());
    if (request.tail() != null) {
      command.withTail(request.tail());
    }
    if (request.since() != null) {
      command.withSince(Math.toIntExact(request.since().getEpochSecond()));
    }
    return command.exec(new ContainerLogStream(request, sink));
  }

  @Override
  public void onNext(Frame frame) {
    lines.add(frame);
  }

  @Override
  public void onComplete() {
    lines.end();
    super.onComplete();
  }

  @Override
  public CompletableFuture<Void> done() {
    return ended()
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    DockerErrors.translate(DockerErrors.INSPECT, failure)));
  }
}
