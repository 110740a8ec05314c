/** The network that tools ask EC2 for. */
package dev.berth.api.application.network;
