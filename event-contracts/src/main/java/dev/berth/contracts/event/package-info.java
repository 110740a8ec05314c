/** The public events, in the shape that EventBridge gives ECS's events. */
package dev.berth.contracts.event;
