#!/bin/sh
# Serves /www on port 8080. On SIGTERM: no new connection, the open requests end, then it exits.
echo "revision ${REVISION:-1} serves on port 8080"
httpd -f -p 8080 -h /www &
server=$!

# Each open request is an httpd process of its own.
requests_are_open() {
  for process in /proc/[0-9]*; do
    if read -r name 2>/dev/null <"$process/comm" && [ "$name" = httpd ]; then
      return 0
    fi
  done
  return 1
}

drain() {
  echo "SIGTERM: no new requests"
  kill "$server"
  while requests_are_open; do
    usleep 20000
  done
  echo "SIGTERM: all requests have ended"
  exit 0
}
trap drain TERM INT
wait "$server"
