/** Configuration with its defaults, and the beans made of it. */
package dev.berth.api.config;
