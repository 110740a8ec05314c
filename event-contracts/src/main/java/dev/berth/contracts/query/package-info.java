/**
 * ECS's cluster query language, used by placement constraints and by the filter of
 * ListContainerInstances (ECS: Create expressions to define container instances).
 */
package dev.berth.contracts.query;
