package dev.berth.node.config;

import dev.berth.contracts.Arns;
import java.util.regex.Pattern;

/** The container instance that was registered for a machine before its node ran. */
final class RegisteredInstance {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[a-z-]*:ecs:[a-z0-9-]+:[0-9]{12}:container-instance/[^/]+/[0-9a-f]{32}");

  private RegisteredInstance() {}

  /**
   * The instance's id.
   *
   * @throws IllegalArgumentException if the text isn't a container instance's ARN in the long
   *     format, or is of another cluster's
   */
  static String id(String arn, String cluster) {
    if (!ARN.matcher(arn).matches()) {
      throw new IllegalArgumentException(
          "berth.node.container-instance-arn must be the ARN that RegisterContainerInstance answered, not \""
              + arn
              + "\"");
    }
    if (!arn.contains(":container-instance/" + cluster + "/")) {
      throw new IllegalArgumentException(
          "berth.node.container-instance-arn is "
              + arn
              + ", but berth.node.cluster is "
              + cluster
              + ": both must name the same cluster");
    }
    return Arns.shortName(arn);
  }
}
