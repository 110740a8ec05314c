package dev.berth.lb.domain;

/** The protocol of a listener or a target group (ELBv2: Protocol). */
public enum Protocol {
  HTTP,
  HTTPS,
  TCP,
  TLS,
  UDP,
  TCP_UDP;

  public boolean isHttp() {
    return this == HTTP || this == HTTPS;
  }

  public boolean isEncrypted() {
    return this == HTTPS || this == TLS;
  }
}
