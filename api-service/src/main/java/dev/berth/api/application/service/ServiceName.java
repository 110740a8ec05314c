package dev.berth.api.application.service;

import dev.berth.contracts.Arns;

/** Reads what requests call a service: its name, or its ARN in the long or the short format. */
final class ServiceName {
  private static final String KIND = ":service/";

  private ServiceName() {}

  /** The name of a service in a cluster; what names another cluster's service names none here. */
  static String in(String cluster, String nameOrArn) {
    int at = nameOrArn.indexOf(KIND);
    if (at < 0) {
      return Arns.shortName(nameOrArn);
    }
    String[] parts = nameOrArn.substring(at + KIND.length()).split("/", -1);
    boolean elsewhere = parts.length > 1 && !parts[0].equals(cluster);
    return elsewhere ? "" : parts[parts.length - 1];
  }
}
