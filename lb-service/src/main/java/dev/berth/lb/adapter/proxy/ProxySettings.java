package dev.berth.lb.adapter.proxy;

import java.time.Duration;

/**
 * What the data plane needs to know; see {@link dev.berth.lb.config.LbConfig} for the meanings.
 *
 * @param openSsl whether TLS is OpenSSL's where its library is found
 * @param epoll whether sockets are Linux' epoll's where its library is found
 */
public record ProxySettings(
    String bindAddress,
    int eventLoops,
    int maxHeaderSize,
    int maxConnectionsPerListener,
    int maxConnectionsPerTarget,
    int maxAttempts,
    int replayBytes,
    Duration idle,
    Duration clientKeepAlive,
    Duration targetKeepAlive,
    Duration connect,
    Duration listenerClose,
    int maxRequestsPerListener,
    boolean openSsl,
    boolean epoll,
    int maxConnections) {}
