package dev.berth.api.domain.cluster;

import dev.berth.contracts.cluster.Setting;
import dev.berth.contracts.taskdef.Tag;
import java.util.List;

/** A cluster to create (ECS: CreateCluster); without a name it is {@code default}. */
public record ClusterRequest(String clusterName, List<Setting> settings, List<Tag> tags) {}
