package dev.berth.api.domain.network;

import dev.berth.api.domain.network.NetworkResource.Rule;
import dev.berth.api.domain.problem.ProblemException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** EC2's rules for the parts of a network, as far as they are kept. */
public final class NetworkRules {
  private static final Pattern BLOCK =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");
  private static final int LARGEST = 16;
  private static final int SMALLEST = 28;
  private static final int BITS = 32;

  private NetworkRules() {}

  /** Refuses what isn't a block of /16 to /28. */
  public static void cidr(String block) {
    Matcher matcher = BLOCK.matcher(block == null ? "" : block);
    if (!matcher.matches() || address(matcher) < 0) {
      throw ProblemException.refused(
          "InvalidParameterValue",
          "Value ("
              + block
              + ") for parameter cidrBlock is invalid. This is not a valid CIDR block.");
    }
    int bits = Integer.parseInt(matcher.group(5));
    if (bits < LARGEST || bits > SMALLEST) {
      throw ProblemException.refused(
          "InvalidVpc.Range", "The CIDR '" + block + "' is invalid: it must be /16 to /28.");
    }
  }

  /** Refuses a subnet that isn't within its VPC. */
  public static void within(String vpc, String subnet) {
    Matcher outer = BLOCK.matcher(vpc);
    Matcher inner = BLOCK.matcher(subnet);
    if (!outer.matches() || !inner.matches()) {
      throw ProblemException.refused(
          "InvalidSubnet.Range", "The CIDR '" + subnet + "' is invalid.");
    }
    int bits = Integer.parseInt(outer.group(5));
    int shift = BITS - bits;
    if (Integer.parseInt(inner.group(5)) < bits
        || (address(outer) >> shift) != (address(inner) >> shift)) {
      throw ProblemException.refused(
          "InvalidSubnet.Range", "The CIDR '" + subnet + "' is not within the VPC's " + vpc + ".");
    }
  }

  private static long address(Matcher block) {
    long address = 0;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(block.group(i));
      if (part > 255) {
        return -1;
      }
      address = (address << 8) | part;
    }
    return address;
  }

  /** Refuses to delete what is always there, or in use. */
  public static void deletable(boolean standard, boolean used, String what, String id) {
    if (standard) {
      throw ProblemException.conflict(
          what.equals("security group") ? "CannotDelete" : "OperationNotPermitted",
          "The default " + what + " " + id + " is always there and can't be deleted");
    }
    if (used) {
      throw ProblemException.conflict(
          "DependencyViolation", "The " + what + " '" + id + "' is in use and cannot be deleted.");
    }
  }

  /** Refuses a group without a name or a description. */
  public static void groupName(String name, String description) {
    if (name == null || name.isBlank() || name.length() > 255) {
      throw ProblemException.refused(
          "InvalidParameterValue", "The parameter GroupName must have 1 to 255 characters");
    }
    if (name.equals("default") || name.startsWith("sg-")) {
      throw ProblemException.refused(
          "InvalidParameterValue", "Cannot use the name '" + name + "' for a security group");
    }
    if (description == null || description.isBlank() || description.length() > 255) {
      throw ProblemException.refused(
          "MissingParameter", "The request must contain the parameter GroupDescription");
    }
  }

  /** Refuses rules without a source, or with ports out of range. */
  public static void rules(List<Rule> rules) {
    if (rules.isEmpty()) {
      throw ProblemException.refused(
          "MissingParameter", "Either 'ipPermissions' or 'sourceSecurityGroupId' must be given");
    }
    for (Rule rule : rules) {
      if (rule.cidrIpv4() == null && rule.cidrIpv6() == null && rule.referencedGroupId() == null) {
        throw ProblemException.refused(
            "InvalidParameterValue", "A rule needs a range of addresses or a security group");
      }
      if (rule.fromPort() != null
          && (rule.fromPort() < -1 || rule.fromPort() > 65535 || rule.toPort() == null)) {
        throw ProblemException.refused(
            "InvalidParameterValue", "Invalid range of ports from " + rule.fromPort());
      }
    }
  }
}
