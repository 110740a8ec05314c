/** What the process says of itself, and what it does about it. */
package dev.berth.api.adapter.health;
