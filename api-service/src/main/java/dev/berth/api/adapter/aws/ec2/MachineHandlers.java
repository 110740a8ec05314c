package dev.berth.api.adapter.aws.ec2;

import dev.berth.api.application.access.Caller;
import dev.berth.api.application.network.ReadMachines;
import dev.berth.api.application.network.ReadNetwork;
import dev.berth.api.domain.instance.Machine;
import dev.berth.api.domain.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.AccountAttribute;
import software.amazon.awssdk.services.ec2.model.AccountAttributeValue;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/** Machines, zones, and what isn't there. */
@ApplicationScoped
public class MachineHandlers implements Ec2Handlers {
  private static final int RUNNING = 16;

  private final ReadMachines machines;
  private final ReadNetwork network;

  public MachineHandlers(ReadMachines machines, ReadNetwork network) {
    this.machines = machines;
    this.network = network;
  }

  @Override
  public void register(Registry registry) {
    registry.on(DescribeInstancesRequest.class, this::instances);
    registry.on(DescribeAvailabilityZonesRequest.class, this::zones);
    registry.on(DescribeAccountAttributesRequest.class, this::attributes);
    registry.unsupported(
        RunInstancesRequest.class,
        "Berth starts no machines: add one of your own by its node service, with a join token.");
    registry.unsupported(
        TerminateInstancesRequest.class,
        "Berth ends no machines: deregister the container instance instead.");
    // There are none, and tools that list them before they delete something shall go on.
    registry.on(
        DescribeNetworkInterfacesRequest.class,
        (request, caller) ->
            item(DescribeNetworkInterfacesResponse.builder().networkInterfaces(List.of()).build()));
    registry.on(
        DescribeRouteTablesRequest.class,
        (request, caller) ->
            item(DescribeRouteTablesResponse.builder().routeTables(List.of()).build()));
    registry.on(
        DescribeNetworkAclsRequest.class,
        (request, caller) ->
            item(DescribeNetworkAclsResponse.builder().networkAcls(List.of()).build()));
    registry.on(
        DescribeInternetGatewaysRequest.class,
        (request, caller) ->
            item(DescribeInternetGatewaysResponse.builder().internetGateways(List.of()).build()));
  }

  private static <T> Uni<T> item(T answer) {
    return Uni.createFrom().item(answer);
  }

  private Uni<DescribeInstancesResponse> instances(
      DescribeInstancesRequest request, Caller caller) {
    return machines
        .all()
        .map(
            all -> {
              for (String id : request.instanceIds()) {
                if (all.stream().noneMatch(one -> one.isNamed(id))) {
                  throw ProblemException.notFound(
                      "InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist");
                }
              }
              return DescribeInstancesResponse.builder()
                  .reservations(
                      all.stream()
                          .filter(
                              one ->
                                  request.instanceIds().isEmpty()
                                      || request.instanceIds().stream().anyMatch(one::isNamed))
                          .filter(one -> Filters.pass(request.filters(), facts(one), List.of()))
                          .map(one -> reservation(one, caller))
                          .toList())
                  .build();
            });
  }

  private static Map<String, String> facts(Machine machine) {
    return Map.of(
        "instance-id", machine.instanceId(),
        "availability-zone", Objects.toString(machine.availabilityZone(), ""),
        "instance-state-name", "running",
        "private-ip-address", Objects.toString(machine.hostAddress(), ""),
        "tag:Name", machine.name());
  }

  private static Reservation reservation(Machine machine, Caller caller) {
    return Reservation.builder()
        .reservationId("r-" + machine.containerInstanceId())
        .ownerId(caller.accountId())
        .instances(
            Instance.builder()
                .instanceId(machine.instanceId())
                .privateIpAddress(machine.hostAddress())
                .state(InstanceState.builder().code(RUNNING).name("running").build())
                .placement(Placement.builder().availabilityZone(machine.availabilityZone()).build())
                .launchTime(machine.registeredAt())
                .tags(
                    Tag.builder().key("Name").value(machine.name()).build(),
                    Tag.builder().key("berth:cluster").value(machine.cluster()).build(),
                    Tag.builder()
                        .key("berth:container-instance")
                        .value(machine.containerInstanceId())
                        .build())
                .build())
        .build();
  }

  private Uni<DescribeAvailabilityZonesResponse> zones(
      DescribeAvailabilityZonesRequest request, Caller caller) {
    return network
        .network()
        .map(
            known ->
                DescribeAvailabilityZonesResponse.builder()
                    .availabilityZones(
                        known.zones().stream()
                            .filter(
                                zone ->
                                    request.zoneNames().isEmpty()
                                        || request.zoneNames().contains(zone))
                            .filter(
                                zone ->
                                    Filters.pass(
                                        request.filters(), zoneFacts(zone, caller), List.of()))
                            .map(
                                zone ->
                                    AvailabilityZone.builder()
                                        .zoneName(zone)
                                        .zoneId(Zones.id(zone))
                                        .zoneType("availability-zone")
                                        .regionName(caller.region())
                                        .groupName(caller.region())
                                        .networkBorderGroup(caller.region())
                                        .state("available")
                                        .optInStatus("opt-in-not-required")
                                        .build())
                            .toList())
                    .build());
  }

  private static Map<String, String> zoneFacts(String zone, Caller caller) {
    return Map.of(
        "zone-name",
        zone,
        "zone-id",
        Zones.id(zone),
        "zone-type",
        "availability-zone",
        "region-name",
        caller.region(),
        "state",
        "available",
        "opt-in-status",
        "opt-in-not-required");
  }

  private Uni<DescribeAccountAttributesResponse> attributes(
      DescribeAccountAttributesRequest request, Caller caller) {
    return network
        .network()
        .map(
            known ->
                DescribeAccountAttributesResponse.builder()
                    .accountAttributes(
                        attribute("supported-platforms", "VPC"),
                        attribute("default-vpc", known.defaultVpc().id()))
                    .build());
  }

  private static AccountAttribute attribute(String name, String value) {
    return AccountAttribute.builder()
        .attributeName(name)
        .attributeValues(AccountAttributeValue.builder().attributeValue(value).build())
        .build();
  }
}
