package dev.berth.api.adapter.persistence;

import dev.berth.api.domain.network.NetworkResource;

/** A part of the network as a JSON document: the member of its kind is there. */
public record NetworkDocument(
    NetworkResource.Vpc vpc,
    NetworkResource.Subnet subnet,
    NetworkResource.SecurityGroup securityGroup) {

  static NetworkDocument of(NetworkResource resource) {
    return switch (resource) {
      case NetworkResource.Vpc vpc -> new NetworkDocument(vpc, null, null);
      case NetworkResource.Subnet subnet -> new NetworkDocument(null, subnet, null);
      case NetworkResource.SecurityGroup group -> new NetworkDocument(null, null, group);
    };
  }

  NetworkResource resource() {
    return vpc != null ? vpc : subnet != null ? subnet : securityGroup;
  }

  String kind() {
    return vpc != null ? "vpc" : subnet != null ? "subnet" : "security-group";
  }
}
