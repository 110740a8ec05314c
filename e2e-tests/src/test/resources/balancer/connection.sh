#!/bin/sh
# One connection: HTTP/1.1 requests one after the other, or a WebSocket. Each numbered request, and
# each message of a WebSocket, is written down on the host: both ends are compared later.
#   /request?number=7            answered at once
#   /request?number=7&seconds=4  answered after so long
#   /socket                      a WebSocket; its messages are numbers
# The shell is busybox', which has HOSTNAME and read -n; a body is read to be past it; bytes are words,
# and a text is made of octal escapes, on purpose.
# shellcheck disable=SC3028,SC3045,SC2034,SC2046,SC2059
cr=$(printf '\r')

handled() {
  echo "handled $1 $2 revision ${REVISION:-1}" >>"/handled/$HOSTNAME"
}

answer() {
  printf 'HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' \
    "$1" "${#2}" "$2"
}

json() {
  printf '{"number":%s,"revision":"%s"}' "$1" "${REVISION:-1}"
}

# The next $1 bytes as numbers.
bytes() {
  dd bs=1 count="$1" 2>/dev/null | hexdump -v -e '1/1 "%u "'
}

web_socket() {
  accept=$(printf '%s258EAFA5-E914-47DA-95CA-C5AB0DC85B11' "$key" | sha1sum | cut -c1-40 |
    xxd -r -p | base64)
  printf 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n' "$accept"
  while true; do
    # Two bytes of a short frame's head, four of its mask.
    set -- $(bytes 6)
    [ $# = 6 ] || return
    code=$(($1 & 15))
    length=$(($2 & 127))
    mask0=$3 mask1=$4 mask2=$5 mask3=$6
    text=
    at=0
    for byte in $(bytes "$length"); do
      case $((at & 3)) in
      0) byte=$((byte ^ mask0)) ;;
      1) byte=$((byte ^ mask1)) ;;
      2) byte=$((byte ^ mask2)) ;;
      3) byte=$((byte ^ mask3)) ;;
      esac
      text="$text\\$((byte >> 6))$((byte >> 3 & 7))$((byte & 7))"
      at=$((at + 1))
    done
    case $code in
    1)
      number=$(printf "$text")
      reply=$(json "$number")
      handled MESSAGE "$number"
      printf "\\201\\$((${#reply} >> 6))$((${#reply} >> 3 & 7))$((${#reply} & 7))%s" "$reply"
      ;;
    8)
      printf '\210\000'
      return
      ;;
    esac
  done
}

while IFS= read -r line; do
  method=${line%% *}
  path=${line#* }
  path=${path%% *}
  length=0
  key=
  close=no
  while IFS= read -r header; do
    header=${header%"$cr"}
    [ -n "$header" ] || break
    case $header in
    [Cc]ontent-[Ll]ength:*) length=${header##* } ;;
    [Ss]ec-[Ww]eb[Ss]ocket-[Kk]ey:*) key=${header##* } ;;
    [Cc]onnection:*[Cc]lose*) close=yes ;;
    esac
  done
  [ "$length" = 0 ] || IFS= read -r -n "$length" body
  case $path in
  /request?*)
    number=${path#*number=}
    number=${number%%&*}
    case $path in *seconds=*) sleep "${path#*seconds=}" ;; esac
    handled "$method" "$number"
    answer '200 OK' "$(json "$number")"
    ;;
  /socket*)
    web_socket
    exit 0
    ;;
  /) answer '200 OK' '{}' ;;
  *) answer '404 Not Found' '{}' ;;
  esac
  [ "$close" = no ] || exit 0
done
