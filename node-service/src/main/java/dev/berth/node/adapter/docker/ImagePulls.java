package dev.berth.node.adapter.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.berth.node.application.ContainerEngineException;
import dev.berth.node.application.ContainerEngineException.Kind;
import dev.berth.node.domain.container.ImagePullBehavior;
import dev.berth.node.domain.container.ImageRequest;
import dev.berth.node.domain.container.ImageState;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Gets images. Tasks that need the same image at the same time wait for one pull instead of asking
 * the registry once each.
 */
final class ImagePulls {
  private final DockerConnection docker;
  private final RegistryLogins logins;
  private final RepositoryCredentials secrets;
  private final ConcurrentHashMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Set<String> pulledOnce = ConcurrentHashMap.newKeySet();

  ImagePulls(DockerConnection docker, RegistryLogins logins, RepositoryCredentials secrets) {
    this.secrets = secrets;
    this.docker = docker;
    this.logins = logins;
  }

  ImageState ensure(ImageRequest request, Consumer<String> progress) {
    ImageName name = ImageName.parse(request.image());
    if (mayUseLocal(request, name)) {
      Optional<ImageState> local = local(name, false);
      if (local.isPresent()) {
        return local.get();
      }
    }
    ReentrantLock lock = locks.computeIfAbsent(name.pullName(), key -> new ReentrantLock());
    boolean waited = !lock.tryLock();
    if (waited) {
      lock.lock();
    }
    try {
      // Whoever pulled while this one waited has just brought the newest.
      boolean broughtByOther = waited && pulledOnce.contains(name.pullName());
      boolean useLocal =
          broughtByOther || request.pullBehavior() == ImagePullBehavior.PREFER_CACHED;
      Optional<ImageState> brought = useLocal ? local(name, false) : Optional.empty();
      if (brought.isPresent()) {
        return brought.get();
      }
      pull(name, request, progress);
      pulledOnce.add(name.pullName());
      return local(name, true)
          .orElseThrow(
              () ->
                  new ContainerEngineException(
                      Kind.NOT_FOUND,
                      DockerErrors.PULL + ": " + name.pullName() + " vanished after its pull",
                      null));
    } finally {
      lock.unlock();
    }
  }

  private boolean mayUseLocal(ImageRequest request, ImageName name) {
    return switch (request.pullBehavior()) {
      case PREFER_CACHED -> true;
      case ONCE -> pulledOnce.contains(name.pullName());
      case ALWAYS -> false;
    };
  }

  private Optional<ImageState> local(ImageName name, boolean pulled) {
    try {
      InspectImageResponse image = docker.quick().inspectImageCmd(name.pullName()).exec();
      return Optional.of(new ImageState(image.getId(), digest(image, name), pulled));
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw DockerErrors.translate(DockerErrors.PULL, e);
    }
  }

  private static String digest(InspectImageResponse image, ImageName name) {
    List<String> digests = image.getRepoDigests() == null ? List.of() : image.getRepoDigests();
    String ownPrefix = name.repository() + "@";
    return digests.stream()
        .filter(digest -> digest.startsWith(ownPrefix))
        .findFirst()
        .or(() -> digests.stream().findFirst())
        .map(digest -> digest.substring(digest.indexOf('@') + 1))
        .orElse(null);
  }

  private void pull(ImageName name, ImageRequest request, Consumer<String> progress) {
    progress.accept("pulling image " + name.pullName());
    PullProgress callback = new PullProgress(name.pullName(), progress);
    try {
      PullImageCmd command = docker.patient().pullImageCmd(name.pullName());
      credentials(name, request).ifPresent(command::withAuthConfig);
      command.exec(callback).await();
    } catch (IOException e) {
      throw new ContainerEngineException(
          Kind.REJECTED, DockerErrors.PULL + ": registry credentials: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw DockerErrors.translate(DockerErrors.PULL + ": " + name.pullName(), e);
    }
    if (callback.error != null) {
      throw new ContainerEngineException(
          Kind.REJECTED, DockerErrors.PULL + ": " + name.pullName() + ": " + callback.error, null);
    }
    progress.accept("pulled image " + name.pullName());
  }

  private Optional<AuthConfig> credentials(ImageName name, ImageRequest request)
      throws IOException {
    if (request.credentialsParameter() != null) {
      return Optional.of(secrets.find(request.credentialsParameter(), name.registry()));
    }
    return logins.find(name.registry());
  }

  /** Counts layers; Docker's own progress is too chatty to pass on. */
  private static final class PullProgress extends StreamCallback<PullResponseItem> {
    private final String image;
    private final Consumer<String> progress;
    private final Set<String> layers = new HashSet<>();
    private final Set<String> complete = new HashSet<>();
    private volatile String error;

    PullProgress(String image, Consumer<String> progress) {
      this.image = image;
      this.progress = progress;
    }

    @Override
    public void onNext(PullResponseItem item) {
      if (item.isErrorIndicated() || item.getErrorDetail() != null) {
        error =
            item.getErrorDetail() != null ? item.getErrorDetail().getMessage() : item.getStatus();
        return;
      }
      String status = item.getStatus();
      if (item.getId() == null || status == null) {
        return;
      }
      if (status.startsWith("Pulling fs layer") || status.startsWith("Already exists")) {
        layers.add(item.getId());
      }
      boolean done = status.startsWith("Pull complete") || status.startsWith("Already exists");
      if (done && complete.add(item.getId())) {
        progress.accept(
            "pulling image "
                + image
                + ": "
                + complete.size()
                + " of "
                + Math.max(layers.size(), complete.size())
                + " layers");
      }
    }
  }
}
