package dev.berth.api.adapter.aws.ec2;

/** The ids of zones, which in EC2 are the same for all accounts. */
final class Zones {
  private Zones() {}

  /** {@code us-east-1a} is {@code berth-az1}. */
  static String id(String zone) {
    return "berth-az" + (zone.charAt(zone.length() - 1) - 'a' + 1);
  }
}
