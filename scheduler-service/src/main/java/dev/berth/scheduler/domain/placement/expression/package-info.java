/** ECS's cluster query language, as far as placement constraints use it so far. */
package dev.berth.scheduler.domain.placement.expression;
