/**
 * What a container engine is asked for and what it answers, as plain values, and the pure
 * translation of a task definition into container specifications.
 */
package dev.berth.node.domain.container;
