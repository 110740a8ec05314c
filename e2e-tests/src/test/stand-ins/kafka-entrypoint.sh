#!/bin/bash
# Honours what the official image documents: KAFKA_<NAME_OF_SETTING> becomes name.of.setting, CLUSTER_ID formats the
# storage, KAFKA_HEAP_OPTS sizes the heap.
set -euo pipefail

config=/tmp/server.properties
: >"$config"
env | while IFS='=' read -r name value; do
  case $name in
    KAFKA_HEAP_OPTS | KAFKA_OPTS) ;;
    KAFKA_*)
      key=${name#KAFKA_}
      key=${key,,}
      printf '%s=%s\n' "${key//_/.}" "$value" >>"$config"
      ;;
  esac
done

class_path="/opt/kafka/libs/*"
java -cp "$class_path" kafka.tools.StorageTool format --ignore-formatted -t "$CLUSTER_ID" -c "$config"
# shellcheck disable=SC2086 # options are words
exec java ${KAFKA_HEAP_OPTS:--Xmx256m} -cp "$class_path" kafka.Kafka "$config"
