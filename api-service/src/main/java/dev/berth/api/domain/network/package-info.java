/** The network that tools ask EC2 for: names without effect, told honestly. */
package dev.berth.api.domain.network;
