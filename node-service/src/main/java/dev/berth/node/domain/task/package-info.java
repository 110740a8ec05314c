/**
 * The life of one task on its node: a state, the events that change it, and the effects that each
 * change asks for. Pure: the caller carries out the effects and brings the results back as events.
 */
package dev.berth.node.domain.task;
