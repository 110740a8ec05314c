/**
 * The four services' real domains in one process, on a log, machines and a clock that are made up,
 * with everything that can go wrong going wrong. {@link dev.berth.simulation.World} is one such
 * world; a seed decides all of its story.
 */
package dev.berth.simulation;
