package dev.berth.node.adapter.docker;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.node.domain.container.AssignedTasks;
import dev.berth.node.domain.container.BerthLabels;
import dev.berth.node.domain.container.ContainerRunState;
import dev.berth.node.domain.container.ContainerSnapshot;
import dev.berth.node.domain.container.ContainerSpec;
import dev.berth.node.domain.container.LogLine;
import dev.berth.node.domain.container.LogRequest;
import dev.berth.node.domain.container.NetworkHolder;
import dev.berth.node.domain.container.TaskContainers;
import dev.berth.node.domain.container.VolumePlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A task of a definition, run on the real engine in the order of its containers. */
final class TaskOnDocker implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DockerContainerEngine engine;
  private final String taskId = UUID.randomUUID().toString().replace("-", "");
  private final TaskContainers plan;
  private Optional<NetworkHolder> holder = Optional.empty();

  TaskOnDocker(
      DockerContainerEngine engine, String installation, String definition, String overrides) {
    this.engine = engine;
    TaskAssigned task = AssignedTasks.task(taskId, installation, definition, overrides);
    plan = TaskContainers.of(task);
  }

  /** Creates everything and starts it if asked to. */
  void make(boolean start) {
    for (VolumePlan volume : plan.volumes()) {
      engine.createVolume(volume.volume());
    }
    holder = plan.holder().map(engine::createNetworkHolder);
    for (ContainerSpec spec : plan.containers().values()) {
      String id = engine.create(spec);
      if (start) {
        engine.start(id);
      }
    }
  }

  String taskId() {
    return taskId;
  }

  Optional<NetworkHolder> holder() {
    return holder;
  }

  ContainerSnapshot snapshot(String container) {
    return engine.inspect(TaskContainers.containerName(taskId, container)).orElseThrow();
  }

  /** What {@code docker inspect} says. */
  JsonNode inspect(String container) {
    return json("docker", "inspect", TaskContainers.containerName(taskId, container)).get(0);
  }

  JsonNode inspectVolume(String volume) {
    return json("docker", "volume", "inspect", volume).get(0);
  }

  /** What the container wrote, once it has ended. */
  List<String> output(String container) {
    String name = TaskContainers.containerName(taskId, container);
    await().atMost(PATIENCE).until(() -> snapshot(container).state() == ContainerRunState.EXITED);
    List<String> lines = new CopyOnWriteArrayList<>();
    engine
        .logs(name, new LogRequest(true, null, null), line -> lines.add(text(line)))
        .done()
        .join();
    return lines;
  }

  private static String text(LogLine line) {
    return line.message();
  }

  private static JsonNode json(String... command) {
    try {
      return JSON.readTree(RealDocker.run(List.of(command)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    engine.list(Map.of(BerthLabels.TASK_ID, taskId)).forEach(c -> engine.remove(c.id()));
    plan.volumes().forEach(volume -> engine.removeVolume(volume.volume().name()));
  }
}
