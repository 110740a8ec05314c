package dev.berth.api.adapter.aws;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * The operations of a service, found by looking at the SDK's client interface: each method that
 * takes the service's request and gives its response is one. A newer SDK brings its new operations
 * by itself.
 *
 * <p>Hold it in a static constant. A native executable initializes that when it is built, where
 * reflection needs no registration, and at run time builders are made from the empty requests kept
 * here.
 */
public final class ServiceModel {
  private static final String REQUEST = "Request";

  private final Map<String, ModelOperation> operations;

  private ServiceModel(Map<String, ModelOperation> operations) {
    this.operations = Collections.unmodifiableMap(operations);
  }

  /**
   * Reads the operations of a client.
   *
   * @param client the SDK's interface, such as {@code EcsClient}
   */
  public static ServiceModel of(Class<?> client) {
    return of(client, any -> true);
  }

  /**
   * Reads some of a client's operations, where there are too many to look at each.
   *
   * @param names of the operations, as the SDK's classes have them
   */
  public static ServiceModel of(Class<?> client, Set<String> names) {
    Set<String> methods = names.stream().map(ServiceModel::key).collect(Collectors.toSet());
    return of(client, methods::contains);
  }

  private static ServiceModel of(Class<?> client, Predicate<String> wanted) {
    Map<String, ModelOperation> found = new TreeMap<>();
    for (Method method : client.getMethods()) {
      if (wanted.test(key(method.getName()))
          && method.getParameterCount() == 1
          && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
          && AwsResponse.class.isAssignableFrom(method.getReturnType())) {
        ModelOperation operation =
            operation(
                method.getParameterTypes()[0].asSubclass(AwsRequest.class),
                method.getReturnType().asSubclass(AwsResponse.class));
        found.put(key(operation.name()), operation);
      }
    }
    return new ServiceModel(found);
  }

  private static ModelOperation operation(
      Class<? extends AwsRequest> request, Class<? extends AwsResponse> response) {
    try {
      AwsRequest.Builder builder = (AwsRequest.Builder) request.getMethod("builder").invoke(null);
      return new ModelOperation(nameOf(request), builder.build(), response);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(request + " has no builder as the SDK's requests have", e);
    }
  }

  /** The name of the operation that a request is for. */
  static String nameOf(Class<? extends AwsRequest> request) {
    String name = request.getSimpleName();
    return name.substring(0, name.length() - REQUEST.length());
  }

  /** Finds an operation by its name, in upper or lower case. */
  public Optional<ModelOperation> operation(String name) {
    return Optional.ofNullable(operations.get(key(name)));
  }

  /** All operations in the order of their names. */
  public Collection<ModelOperation> operations() {
    return operations.values();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
