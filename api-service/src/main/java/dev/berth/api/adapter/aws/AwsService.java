package dev.berth.api.adapter.aws;

/**
 * A service of AWS that is answered here.
 *
 * @param name in signatures and in the actions of policies, such as {@code ecs}
 * @param protocol how its operations travel
 * @param wireName the prefix of {@code X-Amz-Target} (JSON), or the API's {@code Version} (Query)
 * @param model its operations
 */
public record AwsService(String name, Protocol protocol, String wireName, ServiceModel model) {
  /** How operations travel. */
  public enum Protocol {
    /** AWS JSON 1.0 and 1.1: named by a header, JSON both ways. */
    JSON,
    /** AWS Query: named by the form parameter Action, answered in XML. */
    QUERY,
    /** Query as EC2 speaks it. */
    EC2
  }
}
