package dev.berth.node.adapter.docker;

/**
 * An image's name taken apart as Docker does.
 *
 * @param registry the registry's host, {@code docker.io} when the name has none
 * @param pullName what to ask the engine for; always with a tag or digest, since without one it
 *     would pull every tag there is
 */
record ImageName(String registry, String pullName) {
  static final String DOCKER_HUB = "docker.io";

  static ImageName parse(String image) {
    int slash = image.indexOf('/');
    String first = slash < 0 ? "" : image.substring(0, slash);
    boolean named = first.contains(".") || first.contains(":") || "localhost".equals(first);
    boolean digest = image.contains("@");
    boolean tag = image.lastIndexOf(':') > image.lastIndexOf('/');
    return new ImageName(named ? first : DOCKER_HUB, digest || tag ? image : image + ":latest");
  }

  /** The name without tag and digest, as registries' digests are listed under. */
  String repository() {
    int at = pullName.indexOf('@');
    if (at >= 0) {
      return pullName.substring(0, at);
    }
    return pullName.substring(0, pullName.lastIndexOf(':'));
  }
}
