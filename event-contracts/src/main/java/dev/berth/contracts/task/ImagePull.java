package dev.berth.contracts.task;

import java.time.Instant;

/**
 * How far the pull of a container's image has come; absent where the node had the image already.
 * Told when it begins, now and then while it lasts, and when it is over.
 *
 * @param detail what the registry or the engine says of it, in a sentence
 * @param at when this was so
 */
public record ImagePull(ImagePullState state, String detail, Instant at) {}
