package dev.berth.node.domain.container;

/** When an image is pulled (ECS agent: {@code ECS_IMAGE_PULL_BEHAVIOR}). */
public enum ImagePullBehavior {
  /** Only when the machine hasn't got it. */
  PREFER_CACHED,
  /** Each time; when that fails, the task fails. */
  ALWAYS,
  /** Once in the life of this node's process, then the machine's own is used. */
  ONCE
}
