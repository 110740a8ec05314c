package dev.berth.lb.config;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Settings of lb-service. */
@StaticInitSafe
@ConfigMapping(prefix = "berth.lb")
public interface LbConfig {
  /** What tells this instance from others; the host's name unless set. */
  Optional<String> instanceId();

  /** The address that listeners are bound to. */
  @WithDefault("127.0.0.1")
  String bindAddress();

  /** How many event loops carry traffic; the number of cores unless set. */
  OptionalInt eventLoops();

  /** Whether targets registered by hand may be on this machine itself. */
  @WithDefault("false")
  boolean allowLoopbackTargets();

  /** Ports that no target registered by hand may have. */
  @WithDefault("2375,2376,5432,8080,8081,8082,8083,9092,9093")
  Set<Integer> controlPlanePorts();

  /** How long a new log may take to say what the old one said, before what it left out is gone. */
  @WithDefault("60s")
  Duration settleTime();

  /** How often the state of every target is told again; a minute or less. */
  @WithDefault("30s")
  Duration reportInterval();

  /** The availability zone that this instance is in; without one, targets of all zones are near. */
  Optional<String> availabilityZone();

  /**
   * Where the configuration is kept that was last read from Kafka, so that an instance that starts
   * while Kafka is away serves it; nowhere unless set.
   */
  Optional<Path> stateFile();

  /** The folder of access logs; load balancers that want one get none unless it is set. */
  Optional<Path> accessLogs();

  AccessLogRotation accessLogRotation();

  /** Whether TLS is OpenSSL's where its library is on the class path, else the JDK's. */
  @WithDefault("true")
  boolean openSsl();

  /** Whether sockets are Linux' epoll's where its library loads, else the JDK's. */
  @WithDefault("true")
  boolean epoll();

  Limits limits();

  Timeouts timeouts();

  /** How much of access logs is kept. */
  interface AccessLogRotation {
    /** Bytes of a file, after which the next one is begun; 0 for as large as it gets. */
    @WithDefault("104857600")
    long maxBytes();

    /** Time, counted from midnight UTC, after which the next one is begun; 0s for never. */
    @WithDefault("24h")
    Duration period();

    /** Files of a load balancer, the one that is written to among them; the oldest goes. */
    @WithDefault("14")
    int keep();
  }

  /** What one client may ask for. */
  interface Limits {
    /** Bytes of a request's line and headers together; more is answered with 431. */
    @WithDefault("16384")
    int maxHeaderSize();

    /** Connections that a listener serves at a time; more are answered with 503. */
    @WithDefault("20000")
    int maxConnectionsPerListener();

    /**
     * Connections of clients and to targets together; what this process may have open, less a
     * reserve, unless set. When nine tenths of it are taken, listeners with more than their share
     * refuse.
     */
    OptionalInt maxConnections();

    /** Requests under way that a listener has at a time; more are answered with 503. */
    @WithDefault("20000")
    int maxRequestsPerListener();

    /** Connections to one target at a time, over all event loops. */
    @WithDefault("10000")
    int maxConnectionsPerTarget();

    /** How many targets a request is tried on at most. */
    @WithDefault("5")
    int maxAttempts();

    /** Bytes of a request's body that are kept so that the request can be tried again. */
    @WithDefault("65536")
    int replayBytes();
  }

  /** How long things may take. */
  interface Timeouts {
    /**
     * Silence on a request under way, after which it is answered with 504 (ALB's idle time-out).
     */
    @WithDefault("60s")
    Duration idle();

    /** Silence after which a client's connection without a request is closed. */
    @WithDefault("75s")
    Duration clientKeepAlive();

    /**
     * How long an unused connection to a target is kept. Shorter than what targets commonly use, so
     * that it is this side that closes: a request sent into a closing connection would be lost.
     */
    @WithDefault("4s")
    Duration targetKeepAlive();

    /** How long connecting to a target may take. */
    @WithDefault("3s")
    Duration connect();

    /** How long requests under way on a removed listener may go on. */
    @WithDefault("30s")
    Duration listenerClose();

    /** How long requests under way may go on when the service stops. */
    @WithDefault("10s")
    Duration shutdown();
  }
}
