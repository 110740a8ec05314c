package dev.berth.node.adapter.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import dev.berth.node.application.ContainerEngineException;
import dev.berth.node.application.ContainerEngineException.Kind;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.function.Supplier;

/** Turns what docker-java throws into the port's exception, in ECS's words. */
final class DockerErrors {
  /** ECS's name of an error while an image is got. */
  static final String PULL = "CannotPullContainerError";

  /** ECS's name of an error while a container is created. */
  static final String CREATE = "CannotCreateContainerError";

  /** ECS's name of an error while a container is started. */
  static final String START = "CannotStartContainerError";

  /** ECS's name of an error while a container is stopped. */
  static final String STOP = "CannotStopContainerError";

  /** ECS's name of an error while a container is looked at. */
  static final String INSPECT = "CannotInspectContainerError";

  /** ECS's name of an error with a volume. */
  static final String VOLUME = "CannotCreateVolumeError";

  /** ECS's name for what stands in a task's way apart from its containers, such as its network. */
  static final String RESOURCES = "ResourceInitializationError";

  private static final ObjectMapper JSON = new ObjectMapper();

  private DockerErrors() {}

  /** Makes a call whose failures get the given ECS name. */
  static <T> T call(String ecsName, Supplier<T> call) {
    try {
      return call.get();
    } catch (ContainerEngineException e) {
      throw e;
    } catch (RuntimeException e) {
      throw translate(ecsName, e);
    }
  }

  /** The same for a call without a result. */
  static void run(String ecsName, Runnable call) {
    call(
        ecsName,
        () -> {
          call.run();
          return null;
        });
  }

  static ContainerEngineException translate(String ecsName, Throwable failure) {
    Kind kind = kindOf(failure);
    String message =
        switch (kind) {
          case TIMEOUT -> "DockerTimeoutError: Docker did not answer in time (" + ecsName + ")";
          case UNAVAILABLE -> ecsName + ": Docker can't be reached: " + rootMessage(failure);
          default -> ecsName + ": " + engineMessage(failure);
        };
    return new ContainerEngineException(kind, message, failure);
  }

  private static Kind kindOf(Throwable failure) {
    if (failure instanceof DockerException answer) {
      return switch (answer.getHttpStatus()) {
        case 404 -> Kind.NOT_FOUND;
        case 409 -> Kind.CONFLICT;
        default -> portTaken(answer) ? Kind.PORT_TAKEN : Kind.REJECTED;
      };
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return Kind.TIMEOUT;
      }
      if (cause instanceof java.io.IOException) {
        return Kind.UNAVAILABLE;
      }
    }
    return Kind.REJECTED;
  }

  private static boolean portTaken(DockerException answer) {
    String text = String.valueOf(answer.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("port is already allocated") || text.contains("address already in use");
  }

  /** The engine's own sentence, without HTTP status and JSON around it. */
  static String engineMessage(Throwable failure) {
    String text = String.valueOf(failure.getMessage()).strip();
    int brace = text.indexOf('{');
    if (brace < 0) {
      return text;
    }
    try {
      JsonNode message = JSON.readTree(text.substring(brace)).get("message");
      return message == null ? text : message.asText();
    } catch (JsonProcessingException e) {
      // Not every engine answers in JSON; what it said is still the best explanation.
      return text;
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
