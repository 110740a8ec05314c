/**
 * A task definition with ECS's field names, as the API takes it and as a node runs it. Every member
 * may be absent, exactly as in ECS; lists and maps are never null, absent ones are empty.
 */
package dev.berth.contracts.taskdef;
