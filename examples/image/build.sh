#!/bin/sh
# Makes the image berth/example-web:1 on this machine's Docker Engine.
exec "$(dirname -- "$(readlink -f -- "$0")")/../../berth" example-image
