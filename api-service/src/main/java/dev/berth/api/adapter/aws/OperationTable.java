package dev.berth.api.adapter.aws;

import dev.berth.api.application.access.Caller;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/** Every service that is answered here, and what carries out its operations. */
@ApplicationScoped
public class OperationTable {
  private static final String INVALID = "InvalidParameterException";

  private final Map<String, AwsService> services = new LinkedHashMap<>();
  private final Map<Class<? extends AwsRequest>, Entry<?, ?>> entries = new HashMap<>();
  private final Map<Class<? extends AwsRequest>, Set<String>> readOnly = new HashMap<>();
  private final Map<Class<? extends AwsRequest>, String> reasons = new HashMap<>();
  private final Map<String, MemberTable> members = new HashMap<>();
  private final Map<Class<? extends AwsRequest>, String> codes = new HashMap<>();

  public OperationTable(@All List<OperationHandlers> handlers) {
    for (OperationHandlers group : handlers) {
      AwsService service = group.service();
      services.put(service.name(), service);
      group.register(new Registering(service));
    }
  }

  /** The services in no particular order. */
  public Collection<AwsService> services() {
    return services.values();
  }

  /** The service of a protocol by its name on the wire. */
  public Optional<AwsService> service(AwsService.Protocol protocol, String wireName) {
    return services.values().stream()
        .filter(service -> service.protocol() == protocol && service.wireName().equals(wireName))
        .findFirst();
  }

  /** The names of a service's operations that are carried out. */
  public Set<String> supported(AwsService service) {
    Set<String> names = new TreeSet<>();
    for (ModelOperation operation : service.model().operations()) {
      Class<? extends AwsRequest> request = operation.emptyRequest().getClass();
      if (entries.containsKey(request) && !reasons.containsKey(request)) {
        names.add(operation.name());
      }
    }
    return names;
  }

  /**
   * Refuses an input without a member that its operation can't do without, or with one that is too
   * long.
   *
   * @throws AwsError naming them
   */
  void checkMembers(AwsRequest input) {
    Entry<?, ?> entry = entries.get(input.getClass());
    MemberTable table = entry == null ? null : members.get(entry.service());
    if (table != null) {
      List<String> violations = table.violations(input);
      if (!violations.isEmpty()) {
        throw new AwsError(
            codes.getOrDefault(input.getClass(), INVALID), 400, String.join(" ", violations));
      }
    }
  }

  /** Why an operation that nothing carries out isn't supported. */
  public String reason(ModelOperation operation) {
    return reasons.getOrDefault(operation.emptyRequest().getClass(), "Nothing of it is built yet.");
  }

  /** Members that a request of an operation must not have. */
  Set<String> readOnly(ModelOperation operation) {
    return readOnly.getOrDefault(operation.emptyRequest().getClass(), Set.of());
  }

  /** What carries out an operation, unless it is only known. */
  Optional<Entry<?, ?>> find(ModelOperation operation) {
    return Optional.ofNullable(entries.get(operation.emptyRequest().getClass()));
  }

  /** A registered operation. */
  record Entry<I extends AwsRequest, O extends AwsResponse>(
      Class<I> type,
      String action,
      Function<I, List<String>> resources,
      OperationHandlers.Handler<I, O> handler) {

    /** The service's name, in front of the action's. */
    String service() {
      return action.substring(0, action.indexOf(':'));
    }

    List<String> resourcesOf(AwsRequest request) {
      return resources.apply(type.cast(request));
    }

    Uni<? extends AwsResponse> handle(AwsRequest request, Caller caller) {
      return handler.handle(type.cast(request), caller);
    }
  }

  private final class Registering implements OperationHandlers.Registry {
    private final AwsService service;

    Registering(AwsService service) {
      this.service = service;
    }

    @Override
    public void members(MemberTable table, Map<Class<? extends AwsRequest>, String> otherCodes) {
      members.put(service.name(), table);
      codes.putAll(otherCodes);
    }

    @Override
    public <I extends AwsRequest, O extends AwsResponse> void refused(
        Class<I> request,
        Function<I, List<String>> resources,
        OperationHandlers.Handler<I, O> handler,
        String reason) {
      on(request, resources, handler);
      reasons.put(request, reason);
    }

    @Override
    public void unsupported(Class<? extends AwsRequest> request, String reason) {
      reasons.put(request, reason);
    }

    @Override
    public void readOnly(Class<? extends AwsRequest> request, Set<String> members) {
      readOnly.put(request, members);
    }

    @Override
    public <I extends AwsRequest, O extends AwsResponse> void on(
        Class<I> request,
        Function<I, List<String>> resources,
        OperationHandlers.Handler<I, O> handler) {
      String name = ServiceModel.nameOf(request);
      if (service.model().operation(name).isEmpty()) {
        throw new IllegalStateException(service.name() + " has no operation " + name);
      }
      if (entries.put(
              request, new Entry<>(request, service.name() + ":" + name, resources, handler))
          != null) {
        throw new IllegalStateException(name + " has two handlers");
      }
    }
  }
}
