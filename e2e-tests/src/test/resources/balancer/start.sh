#!/bin/sh
# Serves port 8080, a process per connection. On SIGTERM it either exits at once, whatever is open
# (AT_ONCE=yes), or takes no more connections and waits for those that there are.
echo "revision ${REVISION:-1} serves on port 8080, exits at once: ${AT_ONCE:-no}"
# Each "l" is one more connection that may wait to be accepted.
nc -llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll -p 8080 -e /bin/sh /connection.sh &
server=$!

connections_are_open() {
  for process in /proc/[0-9]*; do
    if grep -q connection.sh "$process/cmdline" 2>/dev/null &&
      [ "${process#/proc/}" != "$server" ]; then
      return 0
    fi
  done
  return 1
}

drain() {
  if [ "$AT_ONCE" = yes ]; then
    exit 0
  fi
  kill "$server"
  while connections_are_open; do
    usleep 50000
  done
  exit 0
}
trap drain TERM INT
wait "$server"
