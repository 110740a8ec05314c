package dev.berth.e2e.aws;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** What the stories' clients asked, and how it was answered: for the tables of what is covered. */
public final class SeenCalls implements ExecutionInterceptor {
  private static final List<String> TOKENS = List.of("nextToken", "NextToken", "Marker");
  private static final Set<Seen> ANSWERED = ConcurrentHashMap.newKeySet();
  private static final Set<Seen> PAGED = ConcurrentHashMap.newKeySet();
  private static final Set<Seen> REFUSED = ConcurrentHashMap.newKeySet();
  private static final Set<Class<?>> ENDED = ConcurrentHashMap.newKeySet();

  /** An operation, or the code of an error, of a service by the name that the SDK has for it. */
  private record Seen(String service, String what) {}

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    Seen operation =
        seen(attributes, attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    ANSWERED.add(operation);
    if (TOKENS.stream()
        .anyMatch(token -> context.request().getValueForField(token, String.class).isPresent())) {
      PAGED.add(operation);
    }
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    if (context.exception() instanceof AwsServiceException refusal
        && refusal.awsErrorDetails() != null) {
      REFUSED.add(seen(attributes, refusal.awsErrorDetails().errorCode()));
    }
  }

  private static Seen seen(ExecutionAttributes attributes, String what) {
    return new Seen(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME), what);
  }

  /** Says that all stories of a class were told, or tried. */
  public static void ended(Class<?> stories) {
    ENDED.add(stories);
  }

  /** Whether all stories of these classes were told, or tried. */
  public static boolean ended(Set<Class<?>> stories) {
    return ENDED.containsAll(stories);
  }

  /** Names of the operations of these services that were answered without an error. */
  public static Set<String> answered(String... services) {
    return of(ANSWERED, services);
  }

  /** Names of the operations that were asked for a page that isn't their first one. */
  public static Set<String> paged(String... services) {
    return of(PAGED, services);
  }

  /** The error codes that these services answered. */
  public static Set<String> refused(String... services) {
    return of(REFUSED, services);
  }

  private static Set<String> of(Set<Seen> all, String... services) {
    return all.stream()
        .filter(one -> Arrays.asList(services).contains(one.service()))
        .map(Seen::what)
        .collect(Collectors.toUnmodifiableSet());
  }
}
