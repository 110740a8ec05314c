package dev.berth.node.adapter.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Info;
import dev.berth.node.application.ContainerEngine;
import dev.berth.node.application.Machine;
import dev.berth.node.config.DockerConfig;
import dev.berth.node.domain.container.ContainerSnapshot;
import dev.berth.node.domain.container.ContainerSpec;
import dev.berth.node.domain.container.ContainerSummary;
import dev.berth.node.domain.container.EngineEvent;
import dev.berth.node.domain.container.EngineInfo;
import dev.berth.node.domain.container.ImageRequest;
import dev.berth.node.domain.container.ImageState;
import dev.berth.node.domain.container.LogLine;
import dev.berth.node.domain.container.LogRequest;
import dev.berth.node.domain.container.NetworkHolder;
import dev.berth.node.domain.container.NetworkHolderSpec;
import dev.berth.node.domain.container.VolumeSpec;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The container engine port on a Docker Engine, 20.10 or later. */
@ApplicationScoped
public class DockerContainerEngine implements ContainerEngine {
  /** How much longer than asked Docker may take over a stop before it counts as hanging. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(30);

  private final DockerConnection docker;
  private final ImagePulls images;
  private final NetworkHolders holders;
  private final Gpus gpus;
  private final ExecutorService stops = Executors.newVirtualThreadPerTaskExecutor();

  @Inject
  DockerContainerEngine(DockerConfig config, Machine machine) {
    this(
        config.host(),
        config.maxConnections(),
        Duration.ofSeconds(config.responseTimeoutSeconds()),
        config.network(),
        config.repositoryCredentialsDir(),
        machine.gpuIds());
  }

  DockerContainerEngine(
      Optional<String> host,
      int maxConnections,
      Duration responseTimeout,
      String network,
      Optional<Path> credentialsFolder,
      List<String> gpuIds) {
    docker = new DockerConnection(host, maxConnections, responseTimeout);
    images =
        new ImagePulls(
            docker,
            new RegistryLogins(RegistryLogins.usualConfigFile()),
            new RepositoryCredentials(credentialsFolder));
    holders = new NetworkHolders(docker, network);
    gpus = new Gpus(docker, gpuIds);
  }

  @PreDestroy
  void close() {
    stops.shutdown();
    docker.close();
  }

  @Override
  public void ping() {
    DockerErrors.run("ping", () -> docker.quick().pingCmd().exec());
  }

  @Override
  public EngineInfo info() {
    return DockerErrors.call(
        "info",
        () -> {
          Info info = docker.quick().infoCmd().exec();
          String apiVersion = docker.quick().versionCmd().exec().getApiVersion();
          List<String> logDrivers = info.getPlugins() == null ? null : info.getPlugins().get("Log");
          return new EngineInfo(
              info.getServerVersion(),
              apiVersion,
              info.getArchitecture(),
              info.getOperatingSystem(),
              info.getNCPU() == null ? 0 : info.getNCPU(),
              info.getMemTotal() == null ? 0 : info.getMemTotal(),
              logDrivers == null ? List.of() : logDrivers,
              info.getSecurityOptions() == null ? List.of() : info.getSecurityOptions(),
              Boolean.TRUE.equals(info.getSwapLimit()));
        });
  }

  @Override
  public ImageState ensureImage(ImageRequest request, Consumer<String> progress) {
    return images.ensure(request, progress);
  }

  @Override
  public String create(ContainerSpec spec) {
    return DockerErrors.call(
        DockerErrors.CREATE,
        () -> {
          CreateContainerCmd command = ContainerCreation.command(docker.quick(), spec);
          return spec.limits().gpus() == 0
              ? command.exec().getId()
              : gpus.createWith(command, spec.limits().gpus());
        });
  }

  @Override
  public void start(String containerId) {
    DockerErrors.run(
        DockerErrors.START,
        () -> {
          try {
            docker.quick().startContainerCmd(containerId).exec();
          } catch (NotModifiedException e) {
            // It runs already, which is what was asked.
          }
        });
  }

  @Override
  public void stop(String containerId, Duration timeout) {
    int seconds = Math.toIntExact(timeout.toSeconds());
    Future<?> stopping = stops.submit(() -> stopAndWait(containerId, seconds));
    try {
      stopping.get(timeout.plus(STOP_GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      stopping.cancel(true);
      throw DockerErrors.translate(DockerErrors.STOP, new java.net.SocketTimeoutException());
    } catch (ExecutionException e) {
      throw DockerErrors.translate(DockerErrors.STOP, e.getCause());
    } catch (InterruptedException e) {
      stopping.cancel(true);
      Thread.currentThread().interrupt();
      throw DockerErrors.translate(DockerErrors.STOP, new java.io.InterruptedIOException());
    }
  }

  private void stopAndWait(String containerId, int seconds) {
    try {
      docker.patient().stopContainerCmd(containerId).withTimeout(seconds).exec();
    } catch (NotModifiedException | NotFoundException e) {
      // It has ended or is gone, which is what was asked.
    }
  }

  @Override
  public void kill(String containerId) {
    DockerErrors.run(
        DockerErrors.STOP,
        () -> {
          try {
            docker.quick().killContainerCmd(containerId).exec();
          } catch (ConflictException | NotFoundException e) {
            // It has ended or is gone, which is what was asked.
          }
        });
  }

  @Override
  public void remove(String containerId) {
    DockerErrors.run(
        "CannotRemoveContainerError",
        () -> {
          try {
            docker
                .patient()
                .removeContainerCmd(containerId)
                .withForce(true)
                .withRemoveVolumes(true)
                .exec();
          } catch (NotFoundException e) {
            // It is gone, which is what was asked.
          }
        });
  }

  @Override
  public Optional<ContainerSnapshot> inspect(String containerId) {
    return DockerErrors.call(
        DockerErrors.INSPECT,
        () -> {
          try {
            return Optional.of(
                Snapshots.of(docker.quick().inspectContainerCmd(containerId).exec()));
          } catch (NotFoundException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public List<ContainerSummary> list(Map<String, String> labels) {
    return DockerErrors.call(
        DockerErrors.INSPECT,
        () ->
            docker
                .quick()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(labels)
                .exec()
                .stream()
                .map(Snapshots::summary)
                .toList());
  }

  @Override
  public Subscription events(Map<String, String> labels, Consumer<EngineEvent> listener) {
    return new EngineEventStream(docker, Map.copyOf(labels), listener).start();
  }

  @Override
  public void createVolume(VolumeSpec spec) {
    DockerErrors.run(
        DockerErrors.VOLUME,
        () -> {
          var command =
              docker
                  .quick()
                  .createVolumeCmd()
                  .withName(spec.name())
                  .withDriverOpts(spec.driverOpts())
                  .withLabels(spec.labels());
          if (spec.driver() != null) {
            command.withDriver(spec.driver());
          }
          command.exec();
        });
  }

  @Override
  public boolean volumeExists(String name) {
    return DockerErrors.call(
        DockerErrors.VOLUME,
        () -> {
          try {
            docker.quick().inspectVolumeCmd(name).exec();
            return true;
          } catch (NotFoundException e) {
            return false;
          }
        });
  }

  @Override
  public void removeVolume(String name) {
    DockerErrors.run(
        "CannotRemoveVolumeError",
        () -> {
          try {
            docker.quick().removeVolumeCmd(name).exec();
          } catch (NotFoundException e) {
            // It is gone, which is what was asked.
          }
        });
  }

  @Override
  public List<String> volumes(Map<String, String> labels) {
    List<String> filter =
        labels.entrySet().stream().map(label -> label.getKey() + "=" + label.getValue()).toList();
    return DockerErrors.call(
        DockerErrors.VOLUME,
        () -> {
          var answer = docker.quick().listVolumesCmd().withFilter("label", filter).exec();
          return answer.getVolumes() == null
              ? List.<String>of()
              : answer.getVolumes().stream().map(volume -> volume.getName()).toList();
        });
  }

  @Override
  public NetworkHolder createNetworkHolder(NetworkHolderSpec spec) {
    return holders.create(spec);
  }

  @Override
  public Subscription logs(String containerId, LogRequest request, Consumer<LogLine> sink) {
    return ContainerLogStream.start(docker, containerId, request, sink);
  }
}
