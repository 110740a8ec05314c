package dev.berth.node.adapter.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import dev.berth.node.domain.container.BerthLabels;
import dev.berth.node.domain.container.FreeGpus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives GPUs to containers. The engine's containers are the only note of which are taken; one
 * container at a time is created with some, so that two don't get the same.
 */
final class Gpus {
  private static final List<String> ALIVE = List.of("created", "running", "paused", "restarting");

  private final DockerConnection docker;
  private final List<String> ids;
  private final ReentrantLock creating = new ReentrantLock();

  Gpus(DockerConnection docker, List<String> ids) {
    this.docker = docker;
    this.ids = List.copyOf(ids);
  }

  /** Creates the container with as many of the free ones, and returns its id. */
  String createWith(CreateContainerCmd command, int count) {
    creating.lock();
    try {
      List<Map<String, String>> living =
          docker
              .quick()
              .listContainersCmd()
              .withShowAll(true)
              .withStatusFilter(ALIVE)
              .withLabelFilter(List.of(BerthLabels.GPU_IDS))
              .exec()
              .stream()
              .map(Container::getLabels)
              .toList();
      List<String> chosen = FreeGpus.choose(ids, living, count);
      Map<String, String> labels = new HashMap<>(command.getLabels());
      labels.put(BerthLabels.GPU_IDS, String.join(",", chosen));
      HostConfig host = command.getHostConfig();
      host.withDeviceRequests(
          List.of(
              new DeviceRequest().withDeviceIds(chosen).withCapabilities(List.of(List.of("gpu")))));
      return command.withLabels(labels).withHostConfig(host).exec().getId();
    } finally {
      creating.unlock();
    }
  }
}
