package dev.berth.api.domain.cluster;

import dev.berth.contracts.cluster.Setting;
import dev.berth.contracts.taskdef.Tag;
import java.util.List;

/** What to change of a cluster (ECS: UpdateCluster). Absent members change nothing. */
public record ClusterUpdate(List<Setting> settings, List<Tag> tags) {}
