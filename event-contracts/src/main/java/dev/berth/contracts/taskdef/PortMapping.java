package dev.berth.contracts.taskdef;

/**
 * A published port (ECS: PortMapping). {@code hostPort} absent or 0 asks for a dynamic port in
 * bridge mode; in host and awsvpc mode it equals the container port. Ports are 1 to 65535.
 */
public record PortMapping(
    Integer containerPort,
    Integer hostPort,
    Protocol protocol,
    String name,
    String appProtocol,
    String containerPortRange) {
  /** The protocol, tcp unless set. */
  public Protocol protocolOrDefault() {
    return protocol == null ? Protocol.TCP : protocol;
  }
}
