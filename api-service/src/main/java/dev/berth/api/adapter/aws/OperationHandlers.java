package dev.berth.api.adapter.aws;

import dev.berth.api.application.access.Caller;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/** The operations of one kind of resource: a bean that registers a method for each. */
public interface OperationHandlers {
  /** The service that they belong to. */
  AwsService service();

  /** Registers them, once at the start. */
  void register(Registry registry);

  /** Carries out an operation, by translating and calling the application layer. */
  @FunctionalInterface
  interface Handler<I extends AwsRequest, O extends AwsResponse> {
    Uni<O> handle(I request, Caller caller);
  }

  /** Takes handlers. */
  interface Registry {
    /**
     * Registers a handler.
     *
     * @param request the class of its input, which names the operation
     * @param resources the ARNs that a request touches, for the authorization
     */
    <I extends AwsRequest, O extends AwsResponse> void on(
        Class<I> request, Function<I, List<String>> resources, Handler<I, O> handler);

    /**
     * Refuses a request that has one of these members: they are of the output, and whoever sends
     * them pasted a description. Other members that aren't known are passed over.
     */
    void readOnly(Class<? extends AwsRequest> request, Set<String> members);

    /**
     * Refuses a request without these members, before anybody asks whether the caller may.
     *
     * @param code the model's error, such as {@code InvalidParameterException}
     * @param members as they are called on the wire
     */
    void required(Class<? extends AwsRequest> request, String code, List<String> members);

    /**
     * Says why an operation isn't carried out, for its answer and for the operations page. It may
     * have a handler all the same, which looks at the request before it says so.
     *
     * @param reason a sentence
     */
    void unsupported(Class<? extends AwsRequest> request, String reason);

    /** Registers a handler of an operation whose permission isn't tied to a resource. */
    default <I extends AwsRequest, O extends AwsResponse> void on(
        Class<I> request, Handler<I, O> handler) {
      on(request, any -> List.of("*"), handler);
    }
  }
}
