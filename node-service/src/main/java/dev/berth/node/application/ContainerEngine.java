package dev.berth.node.application;

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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The container engine of this machine. Every call blocks its thread until the engine has answered
 * and may be made from any thread. Every call throws {@link ContainerEngineException}, whose kind
 * tells whether trying again can help.
 */
public interface ContainerEngine {
  /** Returns quietly when the engine answers, within a few seconds. */
  void ping();

  /** The engine and its machine. */
  EngineInfo info();

  /**
   * Sees to it that the machine has the image.
   *
   * @param progress hears a short sentence now and then while the image is pulled
   * @throws ContainerEngineException with {@code CannotPullContainerError: } and the reason
   */
  ImageState ensureImage(ImageRequest request, Consumer<String> progress);

  /**
   * Creates a container and doesn't start it.
   *
   * @return its id
   * @throws ContainerEngineException CONFLICT when the name is taken, NOT_FOUND without the image
   */
  String create(ContainerSpec spec);

  /** Starts a created container; does nothing when it runs. */
  void start(String containerId);

  /**
   * Sends the image's stop signal, SIGTERM by default, waits up to {@code timeout} and then kills.
   * Returns once the container has ended; does nothing when it has ended or is gone.
   *
   * @param timeout whole seconds, 0 and up
   */
  void stop(String containerId, Duration timeout);

  /** Sends SIGKILL; does nothing when the container has ended or is gone. */
  void kill(String containerId);

  /** Removes a container with its anonymous volumes, by force; nothing when it is gone. */
  void remove(String containerId);

  /** The container of this id or name as it is now, or nothing when there is none. */
  Optional<ContainerSnapshot> inspect(String containerId);

  /** All containers, ended ones too, that have each of these labels with its value. */
  List<ContainerSummary> list(Map<String, String> labels);

  /**
   * Follows the events of containers that have each of these labels until closed, reconnecting by
   * itself for ever. The listener is called from one thread at a time and must not block for long.
   * Its first event is {@link EngineEvent.MayHaveMissed}, once the engine listens.
   */
  Subscription events(Map<String, String> labels, Consumer<EngineEvent> listener);

  /** Creates a volume; does nothing when there is one of that name. */
  void createVolume(VolumeSpec spec);

  /** Whether there is a volume of that name. */
  boolean volumeExists(String name);

  /** Removes a volume; does nothing when it is gone. Fails with CONFLICT while it is in use. */
  void removeVolume(String name);

  /** The volumes that have each of these labels with its value, by name. */
  List<String> volumes(Map<String, String> labels);

  /**
   * Creates and starts the container that holds a task's shared namespaces, with its image and its
   * network where they are missing. It is stopped and removed like any container. When one of that
   * name already runs, that one is returned.
   */
  NetworkHolder createNetworkHolder(NetworkHolderSpec spec);

  /**
   * Reads a container's log, calling {@code sink} from one thread at a time.
   *
   * @return the running read; it is {@link Subscription#done done} after the last line, or with a
   *     {@link ContainerEngineException}: NOT_FOUND without the container, REJECTED when its log
   *     driver keeps nothing to read
   */
  Subscription logs(String containerId, LogRequest request, Consumer<LogLine> sink);

  /** Something that goes on until it ends or is closed. */
  interface Subscription extends AutoCloseable {
    /** Completes when it has ended, exceptionally when it failed. */
    CompletableFuture<Void> done();

    /** Ends it; may be called more than once. */
    @Override
    void close();
  }
}
