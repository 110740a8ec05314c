/** Task definitions: ECS's rules for them, each broken one named by its field. */
package dev.berth.api.domain.taskdefinition;
