/**
 * Stories on several hosts: a Docker engine each, in a network namespace of its own, joined by the
 * documented command.
 */
package dev.berth.e2e.multihost;
