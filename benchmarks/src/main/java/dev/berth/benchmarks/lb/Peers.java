package dev.berth.benchmarks.lb;

import dev.berth.standalone.process.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * nginx and HAProxy as Debian has them, with one worker each, and the backend, which is nginx, too.
 * They add the headers that lb-service adds and write no logs.
 */
final class Peers implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(3);
  private static final int LARGE = 64 * 1024;

  private final Path folder;
  private final int backend;
  private final List<ChildProcess> started = new ArrayList<>();

  Peers(Path folder, int backend) {
    this.folder = folder;
    this.backend = backend;
  }

  void startBackend() throws IOException {
    Path files = Files.createDirectories(folder.resolve("www"));
    byte[] large = new byte[LARGE];
    new Random(1).nextBytes(large);
    Files.write(files.resolve("large"), large);
    nginx(
        "backend",
        Machine.OTHER_CORE,
        """
        sendfile on; default_type application/octet-stream;
        server {
          listen 127.0.0.1:%d backlog=4096;
          root %s;
          location = /large { }
          location = /count { stub_status; }
          location / { return 200 "hello, world\\n"; }
        }
        """
            .formatted(backend, files));
    await(backend);
  }

  Proxy nginx(ServerCertificate certificate, int plain, int tls) throws IOException {
    ChildProcess master =
        nginx(
            "nginx",
            Machine.PROXY_CORE,
            """
            proxy_buffers 16 8k;
            upstream backend {
              server 127.0.0.1:%d;
              keepalive 1024; keepalive_requests 1000000000; keepalive_timeout 60s;
            }
            server {
              listen 127.0.0.1:%d backlog=4096;
              listen 127.0.0.1:%d ssl http2 backlog=4096;
              ssl_certificate %s; ssl_certificate_key %s;
              ssl_protocols TLSv1.2 TLSv1.3;
              location / {
                proxy_pass http://backend;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_set_header Host $host;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_set_header X-Forwarded-Port $server_port;
                proxy_set_header X-Request-Id $request_id;
              }
            }
            """
                .formatted(backend, plain, tls, certificate.chain(), certificate.key()));
    await(plain);
    ProcessHandle parent = ProcessHandle.of(master.pid()).orElseThrow();
    while (parent.isAlive() && parent.children().findAny().isEmpty()) {
      Thread.onSpinWait();
    }
    List<Long> pids = new ArrayList<>(List.of(master.pid()));
    parent.children().forEach(worker -> pids.add(worker.pid()));
    return new Proxy("nginx", pids, plain, tls);
  }

  private ChildProcess nginx(String name, String core, String http) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve(name + ".conf"),
            """
            user root; daemon off; worker_processes 1; pid %s; error_log stderr warn;
            events { worker_connections %d; }
            http {
              access_log off; keepalive_timeout 3600; keepalive_requests 1000000000;
              %s
            }
            """
                .formatted(
                    folder.resolve(name + ".pid"),
                    Math.min(60_000, Machine.openFiles() - 50),
                    http));
    return start(name, core, List.of("nginx", "-p", folder.toString(), "-c", config.toString()));
  }

  Proxy haproxy(ServerCertificate certificate, int plain, int tls) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("haproxy.cfg"),
            """
            global
              nbthread 1
              no strict-limits
              maxconn %d
            defaults
              mode http
              timeout connect 3s
              timeout client 3600s
              timeout server 60s
              timeout http-keep-alive 3600s
              http-reuse always
              option forwardfor
            frontend front
              bind 127.0.0.1:%d backlog 4096
              bind 127.0.0.1:%d ssl crt %s alpn h2,http/1.1 backlog 4096
              default_backend back
            backend back
              http-request set-header X-Forwarded-Proto %%[ssl_fc,iif(https,http)]
              http-request set-header X-Forwarded-Port %%[dst_port]
              http-request set-header X-Request-Id %%[uuid()]
              server one 127.0.0.1:%d
            """
                // It would want room for a target's connection for each one of a client.
                .formatted(
                    Machine.openFiles() - 1500, plain, tls, certificate.combined(), backend));
    ChildProcess process =
        start("haproxy", Machine.PROXY_CORE, List.of("haproxy", "-f", config.toString()));
    await(plain);
    return new Proxy("HAProxy", List.of(process.pid()), plain, tls);
  }

  private ChildProcess start(String name, String core, List<String> command) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", core));
    pinned.addAll(command);
    ChildProcess process =
        ChildProcess.start(name, pinned, Map.of(), folder.resolve(name + ".log"));
    started.add(process);
    return process;
  }

  /** Waits until something listens. */
  static void await(int port) throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        if (System.nanoTime() > deadline) {
          throw new IOException("Nothing listens on port " + port, notYet);
        }
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void close() {
    started.forEach(process -> process.stop(STOP));
  }
}
