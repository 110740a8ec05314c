/** Capacity providers: create, describe, change, delete, and what instances serve them. */
package dev.berth.api.application.capacity;
