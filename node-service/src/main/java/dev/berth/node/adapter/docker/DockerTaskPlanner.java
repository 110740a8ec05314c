package dev.berth.node.adapter.docker;

import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.RepositoryCredentials;
import dev.berth.node.application.ContainerEngine;
import dev.berth.node.application.TaskPlan;
import dev.berth.node.application.TaskPlanner;
import dev.berth.node.config.DockerConfig;
import dev.berth.node.domain.container.ImagePullBehavior;
import dev.berth.node.domain.container.ImageRequest;
import dev.berth.node.domain.container.NodeOffer;
import dev.berth.node.domain.container.PinnedImages;
import dev.berth.node.domain.container.TaskContainers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans tasks by this node's settings and by what its engine was seen to offer. */
@ApplicationScoped
public class DockerTaskPlanner implements TaskPlanner {
  private static final TaskContainers NOTHING =
      new TaskContainers(Optional.empty(), List.of(), Map.of());

  private final DockerConfig config;
  private final ContainerEngine engine;
  private volatile NodeOffer offer;

  @Inject
  DockerTaskPlanner(DockerConfig config, ContainerEngine engine) {
    this.config = config;
    this.engine = engine;
  }

  @Override
  public void prepare() {
    offer();
  }

  @Override
  public TaskPlan plan(TaskAssigned task) {
    Map<String, ImageRequest> images = new LinkedHashMap<>();
    for (ContainerDefinition container : task.taskDefinition().containerDefinitions()) {
      RepositoryCredentials credentials = container.repositoryCredentials();
      Optional<String> pinned = PinnedImages.of(task, container);
      images.put(
          container.name(),
          new ImageRequest(
              pinned.orElse(container.image()),
              // What a digest names never changes, so there is nothing newer to ask for.
              pinned.isPresent() ? ImagePullBehavior.PREFER_CACHED : config.imagePullBehavior(),
              credentials == null ? null : credentials.credentialsParameter()));
    }
    List<String> refusals = offer().refusals(task);
    if (!refusals.isEmpty()) {
      return new TaskPlan(refusals, NOTHING, images);
    }
    try {
      return new TaskPlan(refusals, TaskContainers.of(task), images);
    } catch (IllegalArgumentException e) {
      return new TaskPlan(
          List.of("the task definition can't be understood: " + e.getMessage()), NOTHING, images);
    }
  }

  private NodeOffer offer() {
    NodeOffer known = offer;
    if (known == null) {
      // Log drivers and architecture of an engine don't change while it is the same machine.
      known =
          NodeOffer.of(
              config.hostPower().policy(),
              config.repositoryCredentialsDir().isPresent(),
              engine.info());
      offer = known;
    }
    return known;
  }
}
