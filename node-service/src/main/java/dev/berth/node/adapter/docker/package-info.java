/**
 * The container engine port on the Docker Engine API. Nothing outside this package sees a type of
 * docker-java.
 */
package dev.berth.node.adapter.docker;
