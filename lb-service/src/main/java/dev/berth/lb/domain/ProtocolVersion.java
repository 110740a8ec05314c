package dev.berth.lb.domain;

/** What is spoken to a group's targets (ELBv2: ProtocolVersion). */
public enum ProtocolVersion {
  HTTP1,
  HTTP2,
  GRPC
}
