/** Settings of this service, each with its default. */
package dev.berth.node.config;
