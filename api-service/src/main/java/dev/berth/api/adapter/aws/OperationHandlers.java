package dev.berth.api.adapter.aws;

import dev.berth.api.application.access.Caller;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
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
     * Holds all requests of the service against a table before anybody asks whether the caller may.
     *
     * @param otherCodes the model's error of operations where it isn't InvalidParameterException
     */
    void members(MemberTable table, Map<Class<? extends AwsRequest>, String> otherCodes);

    /**
     * Registers what looks at the requests of an operation that isn't carried out, and refuses all
     * of them: those that are wrong with their own errors.
     *
     * @param reason a sentence, for the operations page
     */
    <I extends AwsRequest, O extends AwsResponse> void refused(
        Class<I> request,
        Function<I, List<String>> resources,
        Handler<I, O> handler,
        String reason);

    /**
     * Says why an operation isn't carried out, for its answer and for the operations page.
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
