package dev.berth.e2e.aws;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** What the stories' clients asked, and how it was answered: for the table of what is covered. */
final class SeenCalls implements ExecutionInterceptor {
  private static final Set<String> ANSWERED = new ConcurrentSkipListSet<>();
  private static final Set<String> PAGED = new ConcurrentSkipListSet<>();
  private static final Set<String> REFUSED = new ConcurrentSkipListSet<>();
  private static final Set<String> ENDED = new ConcurrentSkipListSet<>();

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    ANSWERED.add(operation(attributes));
    if (context.request().getValueForField("nextToken", String.class).isPresent()) {
      PAGED.add(operation(attributes));
    }
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    if (context.exception() instanceof AwsServiceException refusal
        && refusal.awsErrorDetails() != null) {
      REFUSED.add(refusal.awsErrorDetails().errorCode());
    }
  }

  private static String operation(ExecutionAttributes attributes) {
    return attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
  }

  /** Says that all stories of a class were told, or tried. */
  static void ended(Class<?> stories) {
    ENDED.add(stories.getSimpleName());
  }

  /** Whether all stories of these classes were told, or tried. */
  static boolean ended(Set<Class<?>> stories) {
    return stories.stream().allMatch(one -> ENDED.contains(one.getSimpleName()));
  }

  /** Names of the operations that were answered without an error. */
  static Set<String> answered() {
    return Set.copyOf(ANSWERED);
  }

  /** Names of the operations that were asked for a page that isn't their first one. */
  static Set<String> paged() {
    return Set.copyOf(PAGED);
  }

  /** The error codes that were answered. */
  static Set<String> refused() {
    return Set.copyOf(REFUSED);
  }
}
